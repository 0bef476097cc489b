package org.assistantservice.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EstimatedTokensTest {
    /// @param counted tokens of the text in the vocabulary `cl100k_base`
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    Could you also tell me whether I should bring a jacket? | 12
                    Benötige ich eine Regenjacke oder genügt ein Pullover? | 17
                    Czy powinienem wziąć kurtkę? | 14
                    Нужно ли мне взять куртку? | 14
                    Πρέπει να πάρω μπουφάν; | 20
                    هل يجب أن أحضر سترة؟ | 17
                    क्या मुझे जैकेट लानी चाहिए? | 28
                    我需要带一件夹克吗？请告诉我气温和降雨的可能性。 | 31
                    川沿いを散歩して、外で夕食を食べる予定です。 | 29
                    재킷을 가져가야 할까요? | 13
                    😀🚀👍🏽👩‍👩‍👧‍👦🏳️‍🌈❤️✅ | 43
                    ∑∫√≤≥≠→⇒∀∃ | 20
                    if (rows.hasNext() && !isCut) { tokens += tokens(next); } | 17
                    {"customerId": "C-1042", "limit": 3, "open": true} | 20
                    run_hgsFMHuOS4P1T1laZN9MLGZQ | 18
                    1 22 333 4444 55555.66 -7.8e9 1,234,567.89 99% | 30
                    VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZw== | 42
                    ALL RIGHTS RESERVED, EXCEPTING INTERNATIONALIZATION. | 10
                    """)
    void theEstimateStaysNearTheCountOfARealVocabulary(String text, int counted) {
        assertThat(EstimatedTokens.of(text)).isBetween(counted * 7 / 10, counted * 9 / 5);
    }

    @Test
    void nothingHasNoTokensAndAnyTextHasSome() {
        assertThat(EstimatedTokens.of("")).isZero();
        assertThat(EstimatedTokens.of(" ")).isEqualTo(1);
        assertThat(EstimatedTokens.of("\ud800")).isEqualTo(2);
    }

    @Test
    void aMessageCostsMoreThanItsText() {
        assertThat(EstimatedTokens.ofMessage("")).isEqualTo(4);
        assertThat(EstimatedTokens.ofMessage("Hello")).isEqualTo(4 + EstimatedTokens.of("Hello"));
    }

    @Test
    void aLongTextDoesNotOverflow() {
        assertThat(EstimatedTokens.of("😀".repeat(1_000_000))).isEqualTo(3_000_000);
    }
}
