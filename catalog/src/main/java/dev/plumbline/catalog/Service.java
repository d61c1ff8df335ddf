package dev.plumbline.catalog;

/** What hosts are for. A site declares the services it uses; a target is required only where all of its services are. */
public enum Service {
    /** Push notifications, for devices and for MDM servers. */
    APNS,
    DEVICE_SETUP,
    DEVICE_MANAGEMENT,
    SOFTWARE_UPDATE,
    APP_STORE,
    CARRIER_UPDATE,
    CONTENT_CACHING,
    APP_VALIDATION,
    CERTIFICATE_VALIDATION,
    APPLE_ID,
    SCHOOL_MANAGER,
    BUSINESS_MANAGER,
    BUSINESS_ESSENTIALS,
    ICLOUD,
    PRIVATE_RELAY,
    DNS_OVER_HTTPS,
    FEEDBACK_ASSISTANT,
    DIAGNOSTICS,
    ADDITIONAL_CONTENT,
    TIME,
    /** Hosts that only devices in mainland China use. */
    CHINA,
    /** Hosts of the organisation itself, from an overlay. */
    ORGANISATION,
    /** Not Apple's: controls that tell a sick network from a block. */
    CONTROL
}
