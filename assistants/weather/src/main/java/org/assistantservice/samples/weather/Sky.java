package org.assistantservice.samples.weather;

/// What the sky looks like.
public enum Sky {
    SUNNY("sunny"),
    PARTLY_CLOUDY("partly cloudy"),
    CLOUDY("cloudy"),
    RAIN("rain"),
    SNOW("snow");

    private final String words;

    Sky(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
