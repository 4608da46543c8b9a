#pragma once

#include "libnet/net.h"

/// Node keeps these defaults for each thread of its own, libnet for the process: what this thread has set.
struct FamilyDefaults
{
    bool autoSelect = net::defaultAutoSelectFamily();
    int attemptTimeout = net::defaultAutoSelectFamilyAttemptTimeout();

    static FamilyDefaults &ofThread()
    {
        thread_local FamilyDefaults defaults;
        return defaults;
    }
};
