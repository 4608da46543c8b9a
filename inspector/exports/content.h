#pragma once
#include "inspector/session/records.h"

#include <QString>

#include <functional>

namespace inspector {

/// Which rows of the objects' table are meant; null for all.
using RowChoice = std::function<bool(int row)>;
/// Which events are meant; null for all.
using EventChoice = std::function<bool(const LogRecord &event)>;

/// What of the records a file is to hold; all by default.
struct Choice
{
    RowChoice rows = {};
    EventChoice events = {};
};

/// What a file is to hold, written a little at a time: the records may go on meanwhile.
class Content
{
public:
    Content() = default;
    Content(const Content &) = delete;
    Content &operator=(const Content &) = delete;
    virtual ~Content() = default;

    /// Writes the next little bit. False when nothing is left, or the device has failed.
    virtual bool writeNext() = 0;
    /// From 0 to 1.
    virtual double progress() const = 0;
    /// Everything could be written so far.
    virtual bool ok() const = 0;
    /// What is in it, for people.
    virtual QString summary() const = 0;
};

} // namespace inspector
