/// The actions of the sample assistant `weather`.
///
/// Start reading at [WeatherActions]. **Depends on:** `actions` alone.
@NullMarked
package org.assistantservice.samples.weather;

import org.jspecify.annotations.NullMarked;
