package io.outcry.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import org.junit.jupiter.api.Test;

class FlowFileTest {

    @Test
    void readsANewOrder() {
        OrderCommand command = FlowFile.parse("N 12 84 S 100091 62 I");
        assertThat(command.command).isEqualTo(OrderCommandType.PLACE_ORDER);
        assertThat(command.orderId).isEqualTo(12);
        assertThat(command.uid).isEqualTo(84);
        assertThat(command.action).isEqualTo(OrderAction.ASK);
        assertThat(command.price).isEqualTo(100_091);
        assertThat(command.size).isEqualTo(62);
        assertThat(command.orderType).isEqualTo(OrderType.IOC);
    }

    @Test
    void readsAMoveAndACancel() {
        assertThat(FlowFile.parse("M 12 84 100").command).isEqualTo(OrderCommandType.MOVE_ORDER);
        assertThat(FlowFile.parse("M 12 84 100").price).isEqualTo(100);
        assertThat(FlowFile.parse("C 12 84").command).isEqualTo(OrderCommandType.CANCEL_ORDER);
    }

    @Test
    void refusesAnotherCommand() {
        assertThatThrownBy(() -> FlowFile.parse("X 1 2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X 1 2");
    }
}
