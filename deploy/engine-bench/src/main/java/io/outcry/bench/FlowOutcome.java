package io.outcry.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a book has done at the end of a flow; quantities in lots, prices in ticks. */
record FlowOutcome(
        long trades,
        long traded,
        long bids,
        @JsonProperty("bid_quantity") long bidQuantity,
        long asks,
        @JsonProperty("ask_quantity") long askQuantity,
        @JsonProperty("best_bid") long bestBid,
        @JsonProperty("best_ask") long bestAsk) {}
