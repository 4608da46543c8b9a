#pragma once
#include "inspector/models/filterstate.h"
#include "inspector/models/liveview.h"
#include "inspector/models/objectcolumns.h"

#include <QAbstractTableModel>

namespace inspector {

/// The sockets that something is to be said about, those that most need an eye first. Looks again a few times a second,
/// while somebody looks at it. What is said, and of which ones, is up to who inherits it.
class SocketTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    SocketTableModel(LiveView &view, FilterState &filter, QObject *parent = nullptr);

    /// Nothing is looked at until somebody wants to see it.
    void setActive(bool active);
    void look();
    SubjectKey keyOf(const QModelIndex &index) const;
    int rowOf(SubjectKey key) const;
    /// The column of the table of objects that a cell answers to, for what its menu offers.
    virtual Column objectColumn(int column) const = 0;
    /// A column is as wide as this, unless its title is wider.
    QString sample(int column) const;
    /// What there is in all, on one line.
    virtual QString summary() const = 0;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// More are not listed; the summary counts them all.
    static constexpr int rowLimit = 1000;

Q_SIGNALS:
    void looked();

protected:
    struct Heading
    {
        QString title;
        QString help;
        bool isNumeric = false;
        QString sample = {}; ///< as wide as what usually stands there; empty: a span of time
    };

    /// Once a frame: what has happened since the last one.
    virtual void readOn() {}
    /// Nobody looks any more.
    virtual void rest() {}
    /// Before the rows are asked: those that are gone can be forgotten.
    virtual void forget() {}
    /// How much the row \a row needs an eye; below 0: it is none of those.
    virtual double weight(int row) const = 0;
    /// All that pass the filter, the heaviest first.
    virtual void take(const std::vector<int> &rows) = 0;
    virtual QString text(int row, int column) const = 0;
    virtual Tone tone(int row, int column) const = 0;
    virtual double fill(int row, int column) const;
    static QString objectSample() { return QStringLiteral("download sender (acc"); }
    static QString addressSample() { return QStringLiteral("127.0.0.1:50000"); }
    void setHeadings(const QList<Heading> &headings) { m_headings = headings; }
    const LiveView &view() const { return m_view; }
    const ObjectTable &table() const { return m_view.objects(); }

private:
    void takeFrame();

    LiveView &m_view;
    FilterState &m_filter;
    QList<Heading> m_headings;
    QList<SubjectKey> m_rows;
    qint64 m_lookedAt = 0;
    bool m_active = false;
};

} // namespace inspector
