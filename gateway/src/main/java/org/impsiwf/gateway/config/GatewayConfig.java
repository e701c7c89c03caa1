package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.List;
import org.impsiwf.ssp.primitives.ServiceId;

/** Everything that an operator sets. */
public record GatewayConfig(
        @Key(
                value = "Our SSP Service-ID: the domain that peers know this gateway by.",
                byDefault = "wv:@iwf.example.com")
        ServiceId serviceId,

        @Key("The SIP side.") SipConfig sip,

        @Key("The MSRP side: media of the sessions that SIP sets up.")
        MsrpConfig msrp,

        @Key("The SSP side: our server and the IMPS servers that it talks to.")
        SspConfig ssp,

        @Key("How conversations are carried and when they end.")
        ConversationConfig conversation,

        @Key("Chats of more than two.") HostedGroupsConfig groups,

        @Key("Health, metrics and questions of operators. Keep it private: it asks for no password.")
        AdminConfig admin,

        @Key("State that several nodes share.") ClusterConfig cluster,

        @Key("The database under the groups that we host.") StorageConfig storage,

        @Key("IMPS users of our own domain. Not used yet.") List<ImpsUserConfig> users,

        @Key("The recent past of conversations, for `./iwf trace`.")
        TraceConfig trace,

        @Key("Log output, on standard output.") LogConfig log,

        @Key(
                value = "How long running messages may finish after SIGTERM before they are given up.",
                byDefault = "20s",
                min = "0s",
                max = "10m")
        Duration drainTimeout)
        implements Checked {

    @Override
    public void check(Findings findings) {
        ConfigRules.check(this, findings);
    }
}
