/// The description of the API and its views over real HTTP.
@NullMarked
package org.assistantservice.protocol.docs;

import org.jspecify.annotations.NullMarked;
