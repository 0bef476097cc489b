package org.assistantservice.scripts;

import picocli.CommandLine.IVersionProvider;

/// The version that the JAR's manifest states.
public final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        return new String[] {version == null ? "unpackaged" : version};
    }
}
