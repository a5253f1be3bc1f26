package io.outcry.persistence;

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
import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.User;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that stand for an enum's constants in the database: a constant's place in its list
 * here, from 1. Lists may grow at their end and change nowhere else, whatever becomes of the enums.
 * Immutable, so for any thread.
 */
final class Codes<E extends Enum<E>> {
    static final Codes<Side> SIDE = new Codes<>(List.of(Side.BUY, Side.SELL));
    static final Codes<OrderType> ORDER_TYPE =
            new Codes<>(
                    List.of(
                            OrderType.LIMIT,
                            OrderType.MARKET,
                            OrderType.STOP,
                            OrderType.STOP_LIMIT,
                            OrderType.TRAILING_STOP));
    static final Codes<TimeInForce> TIME_IN_FORCE =
            new Codes<>(
                    List.of(
                            TimeInForce.GTC,
                            TimeInForce.DAY,
                            TimeInForce.GTD,
                            TimeInForce.IOC,
                            TimeInForce.FOK));
    static final Codes<SelfTradePrevention> SELF_TRADE_PREVENTION =
            new Codes<>(
                    List.of(
                            SelfTradePrevention.CANCEL_NEWEST,
                            SelfTradePrevention.CANCEL_OLDEST,
                            SelfTradePrevention.CANCEL_BOTH,
                            SelfTradePrevention.DECREMENT));
    static final Codes<OrderStatus> ORDER_STATUS =
            new Codes<>(
                    List.of(
                            OrderStatus.NEW,
                            OrderStatus.PENDING_TRIGGER,
                            OrderStatus.PARTIALLY_FILLED,
                            OrderStatus.FILLED,
                            OrderStatus.CANCELED,
                            OrderStatus.EXPIRED,
                            OrderStatus.REJECTED));
    static final Codes<CancelReason> CANCEL_REASON =
            new Codes<>(
                    List.of(
                            CancelReason.USER,
                            CancelReason.ADMIN,
                            CancelReason.REPLACED,
                            CancelReason.NO_LIQUIDITY,
                            CancelReason.IOC_REMAINDER,
                            CancelReason.FOK_NOT_FILLABLE,
                            CancelReason.SELF_TRADE,
                            CancelReason.PRICE_BAND,
                            CancelReason.INSUFFICIENT_FUNDS,
                            CancelReason.POSITION_LIMIT,
                            CancelReason.ACCOUNT_SUSPENDED));
    static final Codes<Liquidity> LIQUIDITY =
            new Codes<>(List.of(Liquidity.MAKER, Liquidity.TAKER));
    static final Codes<InstrumentStatus> INSTRUMENT_STATUS =
            new Codes<>(List.of(InstrumentStatus.OPEN, InstrumentStatus.HALTED));
    static final Codes<LedgerEntry.Kind> LEDGER_KIND =
            new Codes<>(
                    List.of(
                            LedgerEntry.Kind.TRADE,
                            LedgerEntry.Kind.FEE,
                            LedgerEntry.Kind.CASH_ADJUSTMENT,
                            LedgerEntry.Kind.POSITION_ADJUSTMENT));
    static final Codes<OrderStep.Change> ORDER_CHANGE =
            new Codes<>(
                    List.of(
                            OrderStep.Change.REPLACED,
                            OrderStep.Change.TRIGGERED,
                            OrderStep.Change.REDUCED));
    static final Codes<AccountChange.Kind> ACCOUNT_CHANGE =
            new Codes<>(
                    List.of(
                            AccountChange.Kind.OPENED,
                            AccountChange.Kind.LIMITS_SET,
                            AccountChange.Kind.SUSPENDED,
                            AccountChange.Kind.RESUMED));
    static final Codes<CandleInterval> CANDLE_INTERVAL =
            new Codes<>(
                    List.of(
                            CandleInterval.ONE_SECOND,
                            CandleInterval.ONE_MINUTE,
                            CandleInterval.FIVE_MINUTES,
                            CandleInterval.ONE_HOUR,
                            CandleInterval.ONE_DAY));
    static final Codes<ApiKeyStore.Algorithm> API_KEY_ALGORITHM =
            new Codes<>(List.of(ApiKeyStore.Algorithm.ED25519, ApiKeyStore.Algorithm.HMAC_SHA256));
    static final Codes<User.Role> ROLE = new Codes<>(List.of(User.Role.TRADER, User.Role.ADMIN));

    private final List<E> constants;
    private final Map<E, Short> codes;

    private Codes(List<E> constants) {
        this.constants = constants;
        this.codes = new EnumMap<>(constants.get(0).getDeclaringClass());
        for (E constant : constants) {
            codes.put(constant, (short) (codes.size() + 1));
        }
    }

    short of(E constant) {
        Short code = codes.get(constant);
        if (code == null) {
            throw new IllegalStateException("no code for " + constant);
        }
        return code;
    }

    int size() {
        return constants.size();
    }

    E of(int code) {
        return constants.get(code - 1);
    }
}
