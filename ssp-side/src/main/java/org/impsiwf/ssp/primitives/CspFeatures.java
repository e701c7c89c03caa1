package org.impsiwf.ssp.primitives;

import java.util.List;

/** SSP 12.1.6: the functions of CSP that a user's client asks for, by feature. */
@Element("WVCSPFeat")
public record CspFeatures(
        @In("FundamentalFeat") @Flag @Element("MF") boolean mandatoryFundamental,
        @In("FundamentalFeat/ServiceFunc") List<ServiceFunction> services,
        @In("FundamentalFeat/SearchFunc") List<SearchFunction> search,
        @In("FundamentalFeat/InviteFunc") List<InviteFunction> invitation,
        @In("FundamentalFeat/VerifyIDFunc") List<VerifyFunction> verification,
        @In("PresenceFeat") @Flag @Element("MP") boolean mandatoryPresence,
        @In("PresenceFeat/ContListFunc") List<ContactListFunction> contactLists,
        @In("PresenceFeat/PresenceAuthFunc") List<PresenceAuthorisation> presenceAuthorisation,
        @In("PresenceFeat/PresenceDeliverFunc") List<PresenceDelivery> presenceDelivery,
        @In("PresenceFeat/AttListFunc") List<AttributeListFunction> attributeLists,
        @In("IMFeat") @Flag @Element("MM") boolean mandatoryIm,
        @In("IMFeat/IMSendFunc") List<ImSending> imSending,
        @In("IMFeat/IMReceiveFunc") List<ImReceiving> imReceiving,
        @In("IMFeat/IMAuthFunc") List<ImAuthorisation> imAuthorisation,
        @In("GroupFeat") @Flag @Element("MG") boolean mandatoryGroup,
        @In("GroupFeat/GroupMgmtFunc") List<GroupManagement> groupManagement,
        @In("GroupFeat/GroupUseFunc") List<GroupUse> groupUse,
        @In("GroupFeat/GroupAuthFunc") List<GroupAuthorisation> groupAuthorisation) {

    public enum ServiceFunction {
        GETSPI,
        GETMAP,
        SGMNT
    }

    public enum SearchFunction {
        SRCH,
        ADVSR,
        STSRC
    }

    public enum InviteFunction {
        INVIT,
        CAINV
    }

    public enum VerifyFunction {
        VRID
    }

    public enum ContactListFunction {
        GCLI,
        CCLI,
        DCLI,
        MCLS
    }

    public enum PresenceAuthorisation {
        GETWL,
        GETAUT,
        REACT,
        CAAUT
    }

    public enum PresenceDelivery {
        GETPR,
        UPDPR
    }

    public enum AttributeListFunction {
        CALI,
        DALI,
        GALS
    }

    public enum ImSending {
        MDELIV,
        FWMSG
    }

    public enum ImReceiving {
        SETD,
        GETLM,
        GETM,
        REJCM,
        NOTIF,
        NEWM,
        OFFNOTIF
    }

    public enum ImAuthorisation {
        GLBLU,
        BLENT
    }

    public enum GroupManagement {
        CREAG,
        DELGR,
        GETGP,
        SETGP
    }

    public enum GroupUse {
        SUBGCN,
        GRCHN,
        EXCON
    }

    public enum GroupAuthorisation {
        GETGM,
        ADDGM,
        RMVGM,
        MBRAC,
        REJEC,
        GETJU
    }
}
