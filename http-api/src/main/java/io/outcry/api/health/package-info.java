/** Whether the server has started, is ready, lives, and how what it depends on does. */
@NullMarked
package io.outcry.api.health;

import org.jspecify.annotations.NullMarked;
