package org.assistantservice.samples.defichain;

import java.io.IOException;
import java.util.regex.Pattern;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.ActionSettings;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;

/// Look-ups of the chain's data at an Ocean API. Each gives the API's JSON as it is. Thread-safe.
public final class OceanActions implements AutoCloseable {
    private static final Pattern BLOCK = Pattern.compile("\\d{1,12}|[0-9a-f]{64}");
    private static final Pattern TRANSACTION = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9.-]{1,32}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3,8}");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9]{20,100}");

    private final Ocean ocean;

    /// @param settings `ocean_url`: address of the API with version and network
    public OceanActions(ActionSettings settings) {
        ocean = Ocean.at(settings.text("ocean_url", Ocean.MAINNET));
    }

    @Action(
            name = "get_stats",
            description =
                    "Statistics of DeFiChain now: number of blocks, price of DFI, value locked,"
                            + " masternodes, burned coins, emission.",
            effect = Effect.READ_ONLY,
            timeout = "20s",
            notice = "Let me gather some information out of the Ocean for you: Get Stats 🌊")
    public String stats() throws IOException, InterruptedException {
        return ocean.get("stats");
    }

    @Action(
            name = "get_block",
            description = "A block of DeFiChain: time, size, difficulty, reward, transactions.",
            effect = Effect.READ_ONLY,
            timeout = "20s",
            notice = "Let me gather some information out of the Ocean for you: Get Block 🌊")
    public String block(@Param("Height of the block, e.g. 1000000, or its hash") String block)
            throws IOException, InterruptedException {
        return ocean.get("blocks", checked("block", block, BLOCK, "a height or 64 hex digits"));
    }

    @Action(
            name = "get_transaction",
            description = "A transaction of DeFiChain: block, size, inputs and outputs counted.",
            effect = Effect.READ_ONLY,
            timeout = "20s",
            notice = "Let me gather some information out of the Ocean for you: Get Transaction 🌊")
    public String transaction(@Param("Id of the transaction: 64 hex digits") String id)
            throws IOException, InterruptedException {
        return ocean.get("transactions", checked("id", id, TRANSACTION, "64 hex digits"));
    }

    @Action(
            name = "get_token",
            description = "A token of DeFiChain: symbol, name, decimals, amount minted.",
            effect = Effect.READ_ONLY,
            timeout = "20s",
            notice = "Let me gather some information out of the Ocean for you: Get Token 🌊")
    public String token(@Param("Number or symbol of the token, e.g. 0 or DFI") String token)
            throws IOException, InterruptedException {
        return ocean.get("tokens", checked("token", token, TOKEN, "a number or symbol"));
    }

    @Action(
            name = "get_price",
            description = "The price that the oracles report for a token in a currency.",
            effect = Effect.READ_ONLY,
            timeout = "20s",
            notice = "Let me gather some information out of the Ocean for you: Get Price 🌊")
    public String price(
            @Param("Symbol of the token, e.g. DFI") String token,
            @Param("Currency, e.g. USD") String currency)
            throws IOException, InterruptedException {
        return ocean.get(
                "prices",
                checked("token", token, TOKEN, "a symbol")
                        + "-"
                        + checked("currency", currency, CURRENCY, "a currency such as USD"));
    }

    @Action(
            name = "get_address_balance",
            description = "The DFI of an address that are not in tokens.",
            effect = Effect.READ_ONLY,
            timeout = "20s",
            notice =
                    "Let me gather some information out of the Ocean for you: Get Address Balance"
                            + " 🌊")
    public String balance(@Param("Address on DeFiChain") String address)
            throws IOException, InterruptedException {
        return ocean.get("address", checked("address", address, ADDRESS, "an address"), "balance");
    }

    @Action(
            name = "get_address_tokens",
            description = "The tokens of an address with their amounts.",
            effect = Effect.READ_ONLY,
            timeout = "20s",
            notice =
                    "Let me gather some information out of the Ocean for you: Get Address Tokens"
                            + " 🌊")
    public String tokens(@Param("Address on DeFiChain") String address)
            throws IOException, InterruptedException {
        return ocean.get("address", checked("address", address, ADDRESS, "an address"), "tokens");
    }

    @Override
    public void close() {
        ocean.close();
    }

    /// What goes into a path is checked, not escaped: nothing else can be meant.
    private static String checked(String name, String value, Pattern form, String expected) {
        String given = value.strip();
        if (!form.matcher(given).matches()) {
            throw new ActionException("%s must be %s".formatted(name, expected));
        }
        return given;
    }
}
