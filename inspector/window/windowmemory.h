#pragma once
#include "inspector/models/timescale.h"
#include "inspector/views/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

#include <chrono>

namespace inspector {

/// What a window looks like from one start to the next.
class WindowMemory
{
public:
    /// A memory that forgets: for a picture that always looks the same.
    static WindowMemory none() { return WindowMemory(nullptr); }
    /// \a settings must outlive it.
    explicit WindowMemory(QSettings *settings) : m_settings(settings) {}

    QByteArray geometry() const { return value(QStringLiteral("window/geometry")).toByteArray(); }
    QByteArray layout() const { return value(QStringLiteral("window/layout")).toByteArray(); }
    QByteArray columns() const { return value(QStringLiteral("window/columns")).toByteArray(); }
    bool isTree() const { return value(QStringLiteral("window/tree"), true).toBool(); }
    Theme theme() const { return themeNamed(value(QStringLiteral("window/theme")).toString()).value_or(Theme::System); }
    TimeScale::Mode times() const
    {
        return timeModeNamed(value(QStringLiteral("window/times")).toString()).value_or(TimeScale::Mode::OfDay);
    }
    std::chrono::seconds linger(std::chrono::seconds otherwise) const
    {
        const int seconds = value(QStringLiteral("session/linger"), static_cast<int>(otherwise.count())).toInt();
        return std::chrono::seconds(qBound(0, seconds, 3600));
    }

    bool keepsEnded() const { return value(QStringLiteral("session/keepEnded"), true).toBool(); }
    /// Files, the last one first.
    QStringList recentSessions() const { return value(QStringLiteral("session/recent")).toStringList(); }
    /// The last one first.
    QStringList recentFilters() const { return value(QStringLiteral("filter/recent")).toStringList(); }

    /// The command that opens a line of source; empty: none was chosen.
    QString editor() const { return value(QStringLiteral("editor")).toString(); }

    void setEditor(const QString &command) { setValue(QStringLiteral("editor"), command); }
    void setRecentFilters(const QStringList &filters) { setValue(QStringLiteral("filter/recent"), filters); }
    void setKeepsEnded(bool keeps) { setValue(QStringLiteral("session/keepEnded"), keeps); }
    void setGeometry(const QByteArray &geometry) { setValue(QStringLiteral("window/geometry"), geometry); }
    void setLayout(const QByteArray &layout) { setValue(QStringLiteral("window/layout"), layout); }
    void setColumns(const QByteArray &columns) { setValue(QStringLiteral("window/columns"), columns); }
    void setTree(bool tree) { setValue(QStringLiteral("window/tree"), tree); }
    void setTheme(Theme theme) { setValue(QStringLiteral("window/theme"), themeName(theme)); }
    void setTimes(TimeScale::Mode mode) { setValue(QStringLiteral("window/times"), timeModeName(mode)); }
    void setLinger(std::chrono::seconds linger)
    {
        setValue(QStringLiteral("session/linger"), static_cast<int>(linger.count()));
    }

    void addRecentSession(const QString &file)
    {
        static constexpr qsizetype limit = 8;
        QStringList files = recentSessions();
        files.removeAll(file);
        files.prepend(file);
        setValue(QStringLiteral("session/recent"), files.mid(0, limit));
    }

private:
    QVariant value(const QString &key, const QVariant &otherwise = {}) const
    {
        return m_settings ? m_settings->value(key, otherwise) : otherwise;
    }
    void setValue(const QString &key, const QVariant &value)
    {
        if (m_settings)
            m_settings->setValue(key, value);
    }

    QSettings *m_settings;
};

} // namespace inspector
