/// The actions of the benchmark's assistant. They lie outside `org.assistantservice`, which a pack
/// may not define; `sut.BenchPack` puts them into a JAR.
@NullMarked
package benchpack;

import org.jspecify.annotations.NullMarked;
