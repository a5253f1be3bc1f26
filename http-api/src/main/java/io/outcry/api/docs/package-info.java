/** The contract, for machines and for people. */
@NullMarked
package io.outcry.api.docs;

import org.jspecify.annotations.NullMarked;
