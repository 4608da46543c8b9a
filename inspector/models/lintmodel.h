#pragma once
#include "inspector/models/filterstate.h"
#include "inspector/models/lints.h"
#include "inspector/models/liveview.h"

#include <QAbstractTableModel>

namespace inspector {

/// The mistakes that were found, the worst first: those of one server's connections, or of one process's clients,
/// on a row together.
class LintModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class LintColumn : quint8 { What, Where, Detail };
    static constexpr int lintColumnCount = static_cast<int>(LintColumn::Detail) + 1;

    struct Finding
    {
        Lint lint = Lint::NoParent;
        SubjectKey owner = {};   ///< the server, or the process
        SubjectKey example = {}; ///< one of the sockets
        int count = 0;

        friend bool operator==(const Finding &, const Finding &) = default;
    };

    LintModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);

    /// Looks again; by itself once a second, and when the filter is another one.
    void look();
    const Finding &at(int row) const { return m_findings.at(row); }
    /// The first of the worst without any filter, or null.
    const Finding *worst() const { return m_hasWorst ? &m_worst : nullptr; }
    /// The filter's condition that the sockets of \a finding pass.
    QString condition(const Finding &finding) const;
    QString where(const Finding &finding) const;
    /// Whether \a key is one of the sockets that the finding of \a row is about.
    bool concerns(int row, SubjectKey key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void looked();

private:
    void takeFrame();
    QList<Finding> find(const Filter &filter) const;
    SubjectKey ownerOf(int row) const;

    LiveView &m_view;
    FilterState &m_filter;
    QList<Finding> m_findings;
    Finding m_worst;
    bool m_hasWorst = false;
    qint64 m_lookedAt = 0;
};

} // namespace inspector
