package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.account.AccountChange;
import io.outcry.domain.account.LedgerEntry;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.market.CandleInterval;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderStep;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import io.outcry.domain.store.User;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodesTest {
    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of(Codes.SIDE, Side.class),
                Arguments.of(Codes.ORDER_TYPE, OrderType.class),
                Arguments.of(Codes.TIME_IN_FORCE, TimeInForce.class),
                Arguments.of(Codes.SELF_TRADE_PREVENTION, SelfTradePrevention.class),
                Arguments.of(Codes.ORDER_STATUS, OrderStatus.class),
                Arguments.of(Codes.CANCEL_REASON, CancelReason.class),
                Arguments.of(Codes.LIQUIDITY, Liquidity.class),
                Arguments.of(Codes.INSTRUMENT_STATUS, InstrumentStatus.class),
                Arguments.of(Codes.LEDGER_KIND, LedgerEntry.Kind.class),
                Arguments.of(Codes.ORDER_CHANGE, OrderStep.Change.class),
                Arguments.of(Codes.ACCOUNT_CHANGE, AccountChange.Kind.class),
                Arguments.of(Codes.CANDLE_INTERVAL, CandleInterval.class),
                Arguments.of(Codes.ROLE, User.Role.class));
    }

    @ParameterizedTest
    @MethodSource("all")
    <E extends Enum<E>> void everyConstantHasACodeThatReadsBackAsIt(
            Codes<E> codes, Class<E> constants) {
        for (E constant : EnumSet.allOf(constants)) {
            assertThat(codes.of(codes.of(constant))).isEqualTo(constant);
        }
    }

    @Test
    void storedCodesKeepTheirMeaning() {
        assertThat(Codes.SIDE.of(Side.BUY)).isEqualTo((short) 1);
        assertThat(Codes.ORDER_TYPE.of(OrderType.TRAILING_STOP)).isEqualTo((short) 5);
        assertThat(Codes.TIME_IN_FORCE.of(TimeInForce.IOC)).isEqualTo((short) 4);
        assertThat(Codes.ORDER_STATUS.of(OrderStatus.PARTIALLY_FILLED)).isEqualTo((short) 3);
        assertThat(Codes.ORDER_STATUS.of(OrderStatus.CANCELED)).isEqualTo((short) 5);
        assertThat(Codes.CANCEL_REASON.of(CancelReason.ACCOUNT_SUSPENDED)).isEqualTo((short) 11);
        assertThat(Codes.LIQUIDITY.of(Liquidity.TAKER)).isEqualTo((short) 2);
        assertThat(Codes.CANDLE_INTERVAL.of(CandleInterval.ONE_DAY)).isEqualTo((short) 5);
        for (LedgerEntry.Kind kind : LedgerEntry.Kind.values()) {
            assertThat(Codes.LEDGER_KIND.of(kind)).isEqualTo((short) kind.place());
        }
        assertThat(Codes.ROLE.of(User.Role.ADMIN)).isEqualTo((short) 2);
    }
}
