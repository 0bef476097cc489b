package org.assistantservice.samples.defichain;

import static org.assertj.core.api.Assertions.assertThat;

import org.assistantservice.actions.testkit.ActionKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WikiActionsTest {
    @RegisterExtension final ActionKit kit = ActionKit.of(WikiActions.class);

    @ParameterizedTest
    @CsvSource({
        "How much collateral does a masternode need?, Masternodes",
        "what are vaults, Vaults",
        "impermanent loss, Liquidity mining",
        "recovery words, Wallets",
        "staking, Staking"
    })
    void theBestArticleComesFirst(String query, String title) {
        assertThat(lookedUp(query)).startsWith(title + ": ");
    }

    @Test
    void whatTheWikiDoesNotKnowIsSaid() {
        assertThat(lookedUp("zyxwv")).isEqualTo("The DeFiChainWiki has nothing about this.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"title:x AND (", "*", "\\u0000 \\\\ ~ ^ + - && ||", "the of and"})
    void nothingInAQuestionIsAnOperator(String query) {
        assertThat(lookedUp(query)).doesNotStartWith("Error");
    }

    @Test
    void aQuestionHasALength() {
        assertThat(lookedUp(" "))
                .startsWith(
                        "Error: Function 'defichain_wiki_knowledge' execution failed: query must"
                                + " have 1 to 500 characters (");
    }

    private String lookedUp(String query) {
        return kit.call("defichain_wiki_knowledge", "{\"query\":\"%s\"}".formatted(query)).output();
    }
}
