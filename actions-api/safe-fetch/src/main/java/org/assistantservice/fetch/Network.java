package org.assistantservice.fetch;

import java.net.InetAddress;

/// A range of addresses, e.g. `10.0.0.0/8`.
final class Network {
    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /// @param cidr an address in digits and its prefix length
    static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        try {
            return new Network(
                    InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress(),
                    Integer.parseInt(cidr.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not a network: " + cidr, e);
        }
    }

    /// @param address 4 or 16 bytes; never in a network of the other family
    boolean has(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        int mask = (0xff << (Byte.SIZE - rest)) & 0xff;
        return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
    }
}
