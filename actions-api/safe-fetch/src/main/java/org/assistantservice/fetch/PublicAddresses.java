package org.assistantservice.fetch;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Tells addresses of the public internet from all others. IPv4 is public but for the special
/// ranges of RFC 6890 and one of a cloud; IPv6 is public only within `2000::/3`, less its special
/// ranges. An IPv6 address that carries an IPv4 address is as public as that.
final class PublicAddresses {
    private static final List<Network> SPECIAL_IPV4 =
            networks(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carrier-grade NAT; metadata of Alibaba Cloud
                    "127.0.0.0/8", // loopback
                    "168.63.129.16/32", // platform services of Azure, in a public range
                    "169.254.0.0/16", // link-local; metadata of most clouds
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocol assignments; metadata of Oracle Cloud
                    "192.0.2.0/24", // documentation
                    "192.31.196.0/24", // AS112
                    "192.52.193.0/24", // AMT
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "192.175.48.0/24", // AS112
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved; broadcast

    private static final Network GLOBAL_IPV6 = Network.of("2000::/3");

    private static final List<Network> SPECIAL_IPV6 =
            networks(
                    "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
                    "2001:db8::/32", // documentation
                    "2620:4f:8000::/48", // AS112
                    "3fff::/20"); // documentation

    private static final Network SIX_TO_FOUR = Network.of("2002::/16");
    private static final int SIX_TO_FOUR_AT = 2;
    private static final Network NAT64 = Network.of("64:ff9b::/96");
    private static final int NAT64_AT = 12;

    /// ISATAP: an interface id of `0:5efe` or `200:5efe` and an IPv4 address.
    private static final int INTERFACE_AT = 8;

    private static final int IPV4_BYTES = 4;

    private PublicAddresses() {}

    /// Whether the address belongs to the public internet.
    static boolean has(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV4_BYTES ? hasIpv4(bytes) : hasIpv6(bytes);
    }

    private static boolean hasIpv4(byte[] address) {
        return SPECIAL_IPV4.stream().noneMatch(it -> it.has(address));
    }

    private static boolean hasIpv6(byte[] address) {
        if (NAT64.has(address)) {
            return hasIpv4(embedded(address, NAT64_AT));
        }
        if (SIX_TO_FOUR.has(address) && !hasIpv4(embedded(address, SIX_TO_FOUR_AT))) {
            return false;
        }
        return GLOBAL_IPV6.has(address)
                && SPECIAL_IPV6.stream().noneMatch(it -> it.has(address))
                && !(isIsatap(address) && !hasIpv4(embedded(address, NAT64_AT)));
    }

    private static boolean isIsatap(byte[] address) {
        return (address[INTERFACE_AT] & ~2) == 0
                && address[INTERFACE_AT + 1] == 0
                && address[INTERFACE_AT + 2] == 0x5e
                && address[INTERFACE_AT + 3] == (byte) 0xfe;
    }

    private static byte[] embedded(byte[] address, int at) {
        return Arrays.copyOfRange(address, at, at + IPV4_BYTES);
    }

    private static List<Network> networks(String... cidrs) {
        return Stream.of(cidrs).map(Network::of).toList();
    }
}
