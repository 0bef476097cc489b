package org.assistantservice.fetch;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads the host of a URL into the one form that is compared, resolved and connected to. An IPv4
/// address counts only as four plain decimals: other spellings (`127.1`, `0x7f000001`,
/// `017700000001`) are read differently by different programs, so they are refused instead of
/// interpreted.
final class HostName {
    private static final Pattern IPV4 =
            Pattern.compile(
                    "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
    private static final Pattern NUMERIC_LABEL = Pattern.compile("\\d+|0x[0-9a-f]*");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final int LONGEST = 253;

    private HostName() {}

    /// @param written as it stands in a URL, an IPv6 address in brackets
    /// @return in lower case and ASCII, without a dot at its end, an IPv6 address without brackets
    /// @throws FetchException if it is no host, or an address in an unusual spelling
    static String of(String written) throws FetchException {
        if (written.startsWith("[")) {
            return ipv6(written);
        }
        String name = ascii(written);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw FetchException.refused("The host of this address is not valid");
        }
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (NUMERIC_LABEL.matcher(last).matches()) {
            checkIpv4(name);
        }
        return name;
    }

    /// Full-width digits and dots, and other look-alikes, become ASCII here.
    private static String ascii(String written) throws FetchException {
        try {
            return IDN.toASCII(written).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw FetchException.refused("The host of this address is not valid");
        }
    }

    private static void checkIpv4(String name) throws FetchException {
        if (!IPV4.matcher(name).matches()) {
            throw FetchException.refused(
                    "A host in digits must be written as four decimal numbers");
        }
        try {
            // Refuses numbers above 255.
            InetAddress.ofLiteral(name);
        } catch (IllegalArgumentException e) {
            throw FetchException.refused("The host of this address is not valid");
        }
    }

    private static String ipv6(String written) throws FetchException {
        String inside = written.endsWith("]") ? written.substring(1, written.length() - 1) : "";
        if (inside.indexOf('%') >= 0) {
            throw FetchException.refused("An address with a zone cannot be fetched");
        }
        try {
            // An IPv4 address in IPv6 form becomes IPv4, and is checked as such.
            return Inet6Address.ofLiteral(inside).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw FetchException.refused("The host of this address is not valid");
        }
    }
}
