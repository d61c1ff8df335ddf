package dev.plumbline.agent.forecast;

import dev.plumbline.catalog.Service;

/** What a service is for, in the words of who runs a network. */
public final class Purpose {
    private Purpose() {}

    public static String of(Service service) {
        return switch (service) {
            case APNS -> "Push notifications (APNs): without them no device hears of its MDM server";
            case DEVICE_SETUP -> "Setting up and activating devices";
            case DEVICE_MANAGEMENT -> "Enrolling and managing devices";
            case SOFTWARE_UPDATE -> "Updates of systems";
            case APP_STORE -> "Apps and books";
            case CARRIER_UPDATE -> "Updates of mobile carriers' settings";
            case CONTENT_CACHING -> "Content caches";
            case APP_VALIDATION -> "Checking that apps are genuine";
            case CERTIFICATE_VALIDATION -> "Checking whether certificates were revoked";
            case APPLE_ID -> "Signing in with Apple Accounts";
            case SCHOOL_MANAGER -> "Apple School Manager";
            case BUSINESS_MANAGER -> "Apple Business Manager";
            case BUSINESS_ESSENTIALS -> "Apple Business Essentials";
            case ICLOUD -> "iCloud";
            case PRIVATE_RELAY -> "iCloud Private Relay, which an administrator may shut";
            case DNS_OVER_HTTPS -> "Encrypted DNS, which an administrator may shut";
            case FEEDBACK_ASSISTANT -> "Feedback Assistant";
            case DIAGNOSTICS -> "Diagnostics that users send";
            case ADDITIONAL_CONTENT -> "Siri, maps, sounds, wallpapers and other content";
            case TIME -> "Time";
            case CHINA -> "What devices in mainland China use";
            case ORGANISATION -> "Hosts of the organisation itself";
            case CONTROL -> "Controls: not Apple's, or names that must be gone; they tell a sick network from a block";
        };
    }
}
