/// Tests of the store in Google Cloud Storage, against a server of its API.
@NullMarked
package org.assistantservice.assistant.gcs;

import org.jspecify.annotations.NullMarked;
