package org.assistantservice.app;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assistantservice.run.Failpoints;

/// Stops the process, or one thread of it, at a named place, for tests of what survives. Only with
/// the system property `failpoints=on`; the place is in the variable `FAILPOINT`, in the form
/// `name:nth:halt`, `…:hang`, `…:throw` or `…:sleep(milliseconds)`.
final class ProcessFailpoints implements Failpoints {
    private static final Pattern FORM =
            Pattern.compile("([a-z-]+):(\\d{1,6}):(halt|hang|throw|sleep\\((\\d{1,6})\\))");
    private static final int HALTED = 137;

    private final String place;
    private final String effect;
    private final int milliseconds;
    private final AtomicInteger left;

    private ProcessFailpoints(Matcher form) {
        this.place = form.group(1);
        this.left = new AtomicInteger(Integer.parseInt(form.group(2)));
        this.effect = form.group(3);
        this.milliseconds = form.group(4) == null ? 0 : Integer.parseInt(form.group(4));
    }

    /// @param setting the variable's value; empty means none
    static Failpoints of(String setting) {
        if (setting.isEmpty() || !"on".equals(System.getProperty("failpoints"))) {
            return Failpoints.NONE;
        }
        Matcher form = FORM.matcher(setting);
        if (!form.matches()) {
            throw new IllegalArgumentException("FAILPOINT is not name:nth:effect: " + setting);
        }
        return new ProcessFailpoints(form);
    }

    @Override
    public void reach(String name) {
        if (!name.equals(place) || left.decrementAndGet() != 0) {
            return;
        }
        switch (effect) {
            case "halt" -> Runtime.getRuntime().halt(HALTED);
            case "hang" -> hang();
            case "throw" -> throw new IllegalStateException("Failpoint " + name);
            default -> LockSupport.parkNanos(milliseconds * 1_000_000L);
        }
    }

    private static void hang() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }
}
