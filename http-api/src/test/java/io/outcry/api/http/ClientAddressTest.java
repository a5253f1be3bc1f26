package io.outcry.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "::1, ::1",
        "[::1], ::1",
        "[fe80:0:0:0:1:2:3:4%eth0], fe80:0:0:0:1:2:3:4",
    })
    void aPeerIsTheAddressThatRangesKnow(String told, String address) {
        String literal = ClientAddress.literal(told);
        assertThat(literal).isEqualTo(address);
        assertThat(AddressRange.anyContains(List.of(AddressRange.parse(address)), literal))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 192.0.2.7, 192.0.2.7",
        "127.0.0.1, 2001:db8::1, 2001:db8::1",
        "127.0.0.1, , 127.0.0.1",
        "127.0.0.1, unknown, 127.0.0.1",
        "127.0.0.1, 192.0.2.0/24, 127.0.0.1",
        "127.0.0.1, 192.0.2.256, 127.0.0.1",
        "127.0.0.2, 192.0.2.7, 127.0.0.2",
    })
    void aProxyOfOursIsBelievedWhatIsAnAddress(String peer, String told, String address) {
        ClientAddress addresses = new ClientAddress(List.of(AddressRange.parse("127.0.0.1")));
        assertThat(addresses.of(peer, told)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2::1, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0/64",
        "::1, 0:0:0:0:0:0:0:0/64",
        "::ffff:192.0.2.7, 192.0.2.7",
    })
    void aClientIsCountedByItsAddressOrByItsNetworkOfIpv6(String address, String site) {
        assertThat(AddressRange.site(address)).isEqualTo(site);
    }
}
