package org.assistantservice.app;

/// The service's entry point.
public final class Application {
    private Application() {}

    public static void main(String[] arguments) {
        LaunchOptions.parse(arguments);
    }
}
