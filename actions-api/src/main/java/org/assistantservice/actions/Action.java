package org.assistantservice.actions;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/// A method that an assistant may call.
///
/// ```java
/// @Action(name = "get_weather", description = "Current weather for a city.",
///         effect = Effect.READ_ONLY, timeout = "10s", notice = "Checking the weather")
/// public Weather current(
///         @Param("City, e.g. Lisbon") String location,
///         @Param(value = "Unit of the temperature", required = false) @Nullable Unit unit,
///         ActionContext context) { … }
/// ```
///
/// **The class** is public. It has a public constructor without parameters: one instance serves one
/// version of the pack. Or it has a public constructor that takes [ActionSettings]: one instance
/// serves one version of the pack together with one version of an assistant's configuration. An
/// instance that is [AutoCloseable] is closed with its pack.
///
/// **The method** is public and not static. Every parameter carries [Param], except that at most
/// one is an [ActionContext], which the service passes. Parameter names become the names of the
/// JSON arguments, so the class is compiled with `-parameters`.
///
/// **The result** is sent to the model as JSON; `void` as `null`. For the call above:
/// `{"temperature":21.5,"unit":"CELSIUS"}`. To tell the model that its arguments are of no use, or
/// that the action cannot be done, throw an [ActionException]; of any other exception the model
/// learns only the simple class name.
///
/// **Threads:** calls run on platform threads of the pack's own bounded pool, with the pack's class
/// loader as context class loader. Calls for one run, and for many runs, may arrive at once, so the
/// class must be thread-safe. A call that is past its deadline is interrupted and abandoned.
///
/// A mistake in a definition refuses the pack, with a message that names the class, the method and
/// the remedy. It never stops the service or another pack.
@Documented
@Retention(RUNTIME)
@Target(METHOD)
public @interface Action {
    /// The name that the model and assistant configurations use: 1 to 64 characters of
    /// `[A-Za-z0-9_-]`, unique within the pack.
    ///
    /// @return the name, e.g. `get_weather`
    String name();

    /// One or two sentences for the model: what the action does and when to call it. Not blank.
    ///
    /// @return the description, e.g. `Current weather for a city.`
    String description();

    /// What running the action twice would do, and so whether the service may run a call again
    /// after a crash.
    ///
    /// @return the effect; [Effect#ONCE] unless stated
    Effect effect() default Effect.ONCE;

    /// How long one call may take: a whole number greater than 0 and one of the units `ms`, `s`,
    /// `m`, or the ISO form `PT30S`. The model is told of a call that takes longer, and the run
    /// goes on.
    ///
    /// @return the time limit, e.g. `500ms`, `30s` or `2m`
    String timeout() default "30s";

    /// What the user is shown while the action runs; at most 200 characters. Empty makes it from
    /// the name: `get_weather` is shown as `Running Get Weather`.
    ///
    /// @return the notice, e.g. `Checking the weather`
    String notice() default "";
}
