package io.outcry.standalone;

import java.net.URI;

/** A session at the venue, to be pasted into a shell as it is. */
final class Welcome {
    private static final String VENUE = "@VENUE@";
    private static final String SESSION =
            """
            Register, place an order, read it (paste this into bash as it is):

              VENUE=@VENUE@
              NAME=trader-$(date +%s)-$RANDOM
              TOKEN=$(curl -sS $VENUE/api/auth/register -H 'Content-Type: application/json' \\
                -d '{"username":"'$NAME'","email":"'$NAME'@example.com","password":"horse-'$RANDOM-$RANDOM-$RANDOM'"}' |
                sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p')
              ORDER=$(curl -sS $VENUE/api/orders -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                -d '{"symbol":"AAPL","side":"BUY","order_type":"LIMIT","quantity":"10","price":"150.00"}')
              echo "$ORDER"
              ID=$(echo "$ORDER" | sed -n 's/^{"id" *: *"\\{0,1\\}\\([0-9]*\\).*/\\1/p')
              curl -sS $VENUE/api/orders/$ID -H "Authorization: Bearer $TOKEN"; echo
            """;

    private Welcome() {}

    static String session(URI venue) {
        return SESSION.replace(VENUE, venue.toString());
    }
}
