package org.impsiwf.ssp.primitives;

import java.util.Optional;

/** SSP 10.3 to 10.7: the service tree. A feature element without content means its mandatory part only. */
public record Services(
        Optional<SapFeature> sap,
        Optional<CommonFeature> common,
        Optional<PresenceFeature> presence,
        Optional<ImFeature> im,
        Optional<GroupFeature> group) {

    /** SSP 10.3. */
    @Element("SAPFeature")
    public record SapFeature(
            @Flag boolean serviceNegotiation,
            @Flag boolean userProfileManagement,
            @Flag boolean serviceRelay,
            @Flag boolean remoteUserSessionManagement) {}

    /** SSP 10.4. */
    public record CommonFeature(
            Optional<Invite> invite,
            @Flag boolean complementaryInvite,
            Optional<Search> search,
            @Flag boolean getMap,
            @Flag boolean verifyUser,
            @Flag boolean systemMessage) {}

    /** The types of invitation that are agreed. */
    public record Invite(
            @Flag @Element("PR") boolean presence,
            @Flag @Element("IM") boolean im,
            @Flag @Element("SC") boolean sharedContent,
            @Flag @Element("GR") boolean group,
            @Flag @Element("AP") boolean application) {}

    /** What can be searched for. */
    public record Search(
            @Flag boolean user, @Flag boolean group, @Flag boolean advanced) {}

    /** SSP 10.5. */
    public record PresenceFeature(
            @Flag boolean contactListGet,
            @Flag boolean contactListUpdate,
            @Flag boolean watcherList,
            @Flag boolean contactListAddr) {}

    /** SSP 10.6, with the node of ExtendConversation (EXCON). */
    @Element("IMFeature")
    public record ImFeature(
            Optional<SendMsg> sendMsg,
            @Flag boolean pushMsg,
            @Flag boolean notifyMsg,
            @Flag boolean getMsg,
            @Flag boolean deliveryMtd,
            @Flag boolean getMsgList,
            @Flag boolean rejectMsg,
            @Flag boolean deliveryReport,
            @Flag boolean blocking,
            @Flag boolean isBlocked,
            @Flag boolean groupHistory,
            @Flag boolean msgList,
            @Flag @Element("EXCON") boolean extendConversation) {}

    /** The kinds of recipient beyond single users. */
    public record SendMsg(@Flag boolean groups, @Flag boolean contacts) {}

    /** SSP 10.7. */
    public record GroupFeature(
            @Flag boolean groupMgmt,
            @Flag boolean getMember,
            @Flag boolean memberMgmt,
            @Flag boolean rejectList) {}
}
