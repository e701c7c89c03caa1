package org.impsiwf.gateway.config;

import java.util.List;
import org.impsiwf.ssp.primitives.ServiceId;

/** The IMPS domain of `./iwf domain`. */
public record DomainConfig(
        @Key(value = "The domain's Service-ID.", byDefault = "wv:@imps.example.com")
        ServiceId serviceId,

        @Key(value = "Its SSP server.", byDefault = "{ listen: \"127.0.0.1:8081\" }")
        SspConfig ssp,

        @Key(value = "Its admin HTTP.", byDefault = "{ listen: \"127.0.0.1:9091\" }")
        AdminConfig admin,

        @Key("Its database.") DomainStorageConfig storage,

        @Key("Services that one domain provides to the users of another (SSP 5.1); none: each serves its own.")
        List<AgreementConfig> agreements,

        @Key("What its Service Elements allow.") ServicesConfig services,

        @Key("Its users and what they do.") List<ScriptedUserConfig> users,

        @Key("Log output, on standard output.") LogConfig log)
        implements Checked {

    @Override
    public void check(Findings findings) {
        ConfigRules.check(this, findings);
    }
}
