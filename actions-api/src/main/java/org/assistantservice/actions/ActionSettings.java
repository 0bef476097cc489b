package org.assistantservice.actions;

import java.nio.file.Path;
import java.util.Set;

/// The `settings` of an assistant's configuration, for an action class whose constructor takes
/// them.
///
/// ```json
/// "settings": {"base_url": "https://orders.example.com", "api_key": "${ORDERS_API_KEY}", "page": 20}
/// ```
///
/// `${NAME}` has been replaced by the environment's value. The values do not change: another
/// configuration gets another instance of the action class. What a method below throws refuses the
/// configuration, so ask for everything in the constructor, and let it fail there:
/// [IllegalArgumentException] with a message that names the setting, never a secret's value.
///
/// Thread-safe. Implemented by the service and its test kit only; methods may be added.
public interface ActionSettings {
    /// A text that must be there.
    ///
    /// @param key e.g. `base_url`
    /// @return the value; a number or boolean as it is written in JSON
    /// @throws IllegalArgumentException if there is none, or it is an object or a list
    String text(String key);

    /// A text, or `fallback` if there is none.
    ///
    /// @param key e.g. `base_url`
    /// @param fallback the value where the setting is absent or `null`
    /// @return the value; a number or boolean as it is written in JSON
    /// @throws IllegalArgumentException if it is an object or a list
    String text(String key, String fallback);

    /// A whole number that must be there.
    ///
    /// @param key e.g. `page`
    /// @return the value
    /// @throws IllegalArgumentException if there is none, or it is not a whole number that fits
    long number(String key);

    /// A whole number, or `fallback` if there is none.
    ///
    /// @param key e.g. `page`
    /// @param fallback the value where the setting is absent or `null`
    /// @return the value
    /// @throws IllegalArgumentException if it is not a whole number that fits
    long number(String key, long fallback);

    /// A boolean, or `fallback` if there is none.
    ///
    /// @param key e.g. `dry_run`
    /// @param fallback the value where the setting is absent or `null`
    /// @return the value
    /// @throws IllegalArgumentException if it is neither `true` nor `false`, as JSON or as text
    boolean flag(String key, boolean fallback);

    /// A secret that must be there, and not be blank.
    ///
    /// @param key e.g. `api_key`
    /// @return the value, guarded against being printed
    /// @throws IllegalArgumentException if there is none, or it is blank, an object or a list
    Secret secret(String key);

    /// The keys of all settings, e.g. to refuse one that is misspelt.
    ///
    /// @return an immutable set, empty if the assistant has no settings
    Set<String> names();

    /// A folder for what the action must keep. It exists, belongs to this pack and this assistant
    /// alone, and stays the same through new versions of both. On a machine without a lasting disk
    /// it is lost with the machine.
    ///
    /// @return an absolute path
    Path dataDir();
}
