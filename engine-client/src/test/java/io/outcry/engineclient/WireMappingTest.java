package io.outcry.engineclient;

import static io.outcry.engineclient.WireSamples.flat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.outcry.domain.instrument.InstrumentStatus;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.Liquidity;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.RejectCode;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import io.outcry.engine.v1.Account;
import io.outcry.engine.v1.Event;
import io.outcry.engine.v1.Fill;
import io.outcry.engine.v1.Instrument;
import io.outcry.engine.v1.Order;
import io.outcry.engine.v1.PlaceOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireMappingTest {
    private final WireSamples samples = new WireSamples();

    static List<FieldDescriptor> eventKinds() {
        return Event.getDescriptor().getOneofs().get(0).getFields();
    }

    @ParameterizedTest
    @MethodSource("eventKinds")
    void everyFieldOfEveryEventArrivesInItsPlace(FieldDescriptor kind) {
        Event.Builder event = Event.newBuilder().setSequence(1_001).setTime(1_002);
        samples.set(event, kind);

        io.outcry.domain.event.Event decoded = EventDecoder.decode(event.build());

        Map<String, String> wire = flat((Message) event.getField(kind));
        wire.put("sequence", "1001");
        wire.put("time", "1002");
        assertThat(flat((Record) decoded)).isEqualTo(wire);
        assertThat(decoded.getClass().getSimpleName()).isEqualTo(kind.getMessageType().getName());
    }

    @Test
    void everyTermOfAnOrderGoesOutAndComesBackInItsPlace() {
        PlaceOrder terms = samples.fill(PlaceOrder.newBuilder()).build();

        PlaceOrder sent =
                CommandEncoder.placeOrder(DomainDecoder.terms(terms)).build().getPlaceOrder();

        assertThat(flat(DomainDecoder.terms(terms))).isEqualTo(flat(terms));
        assertThat(sent).isEqualTo(terms);
    }

    @Test
    void everyTermOfAnInstrumentGoesOutAndComesBackInItsPlace() {
        Instrument instrument = samples.fill(Instrument.newBuilder()).build();

        Instrument sent =
                CommandEncoder.defineInstrument(DomainDecoder.instrument(instrument))
                        .build()
                        .getDefineInstrument()
                        .getInstrument();

        assertThat(flat(DomainDecoder.instrument(instrument))).isEqualTo(flat(instrument));
        assertThat(sent).isEqualTo(instrument.toBuilder().clearLastPrice().build());
    }

    @Test
    void everyFieldOfAnAccountArrivesInItsPlace() {
        Account account = samples.fill(Account.newBuilder()).build();

        Map<String, String> decoded = flat(DomainDecoder.account(account));

        decoded.put("account_id", decoded.remove("id"));
        assertThat(decoded).isEqualTo(flat(account));
    }

    @Test
    void everyFieldOfAFillArrivesInItsPlace() {
        Fill fill = samples.fill(Fill.newBuilder()).build();

        Map<String, String> wire = flat(fill);
        wire.put("order_id", "9");
        assertThat(flat(DomainDecoder.fill(fill, new OrderId(9)))).isEqualTo(wire);
    }

    @Test
    void everyFieldOfAnOrderArrivesInItsPlace() {
        Order order = samples.fill(Order.newBuilder()).build();

        Map<String, String> decoded =
                flat(DomainDecoder.order(order, 77)).entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        field -> field.getKey().replace("terms.", ""),
                                        Map.Entry::getValue));

        Map<String, String> wire = flat(order);
        wire.put("id", wire.remove("order_id"));
        wire.put("sequence", "77");
        assertThat(decoded).isEqualTo(wire);
    }

    @Test
    void enumerationsMeanTheSameOnBothSides() {
        assertNames(Side.values(), WireEnums::encode);
        assertNames(OrderType.values(), WireEnums::encode);
        assertNames(TimeInForce.values(), WireEnums::encode);
        assertNames(SelfTradePrevention.values(), WireEnums::encode);
        assertNames(InstrumentStatus.values(), WireEnums::encode);
        assertNames(known(io.outcry.engine.v1.Side.values(), Side.values()), WireEnums::decode);
        assertNames(
                known(io.outcry.engine.v1.OrderType.values(), OrderType.values()),
                WireEnums::decode);
        assertNames(
                known(io.outcry.engine.v1.TimeInForce.values(), TimeInForce.values()),
                WireEnums::decode);
        assertNames(
                known(
                        io.outcry.engine.v1.SelfTradePrevention.values(),
                        SelfTradePrevention.values()),
                WireEnums::decode);
        assertNames(
                known(io.outcry.engine.v1.OrderStatus.values(), OrderStatus.values()),
                WireEnums::decode);
        assertNames(
                known(io.outcry.engine.v1.RejectCode.values(), RejectCode.values()),
                WireEnums::decode);
        assertNames(
                known(io.outcry.engine.v1.Liquidity.values(), Liquidity.values()),
                WireEnums::decode);
        assertNames(
                known(io.outcry.engine.v1.InstrumentStatus.values(), InstrumentStatus.values()),
                WireEnums::decode);
        assertNames(
                known(io.outcry.engine.v1.CancelReason.values(), CancelReason.values()),
                WireEnums::decode);
    }

    @Test
    void aValueWithoutMeaningIsUnreadable() {
        assertThatThrownBy(() -> WireEnums.decode(io.outcry.engine.v1.Side.SIDE_UNSPECIFIED))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("Side SIDE_UNSPECIFIED");
        assertThatThrownBy(
                        () -> WireEnums.decode(io.outcry.engine.v1.RejectCode.RESOURCE_EXHAUSTED))
                .isInstanceOf(UnreadableMessageException.class);
    }

    /** The wire's constants that the domain has; as many as it has, so that none is forgotten. */
    private static <W extends Enum<W>> W[] known(W[] wire, Enum<?>[] domain) {
        List<String> names = Arrays.stream(domain).map(Enum::name).toList();
        W[] known =
                Arrays.stream(wire)
                        .filter(value -> names.contains(plainName(value)))
                        .toArray(size -> Arrays.copyOf(wire, size));
        assertThat(known).hasSameSizeAs(domain);
        return known;
    }

    private static <F extends Enum<F>, T extends Enum<T>> void assertNames(
            F[] values, Function<F, T> mapping) {
        for (F value : values) {
            assertThat(plainName(mapping.apply(value))).isEqualTo(plainName(value));
        }
    }

    private static String plainName(Enum<?> value) {
        return value.name().replaceAll("^CANCELED_(BY_)?", "");
    }
}
