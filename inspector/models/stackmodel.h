#pragma once
#include "inspector/models/callframes.h"

#include <QAbstractItemModel>

namespace inspector {

/// Who has called about the chosen server or socket: a row for each call, and its stack below it.
class StackModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column : quint8 { Function, Source, Program };

    StackModel(LiveView &view, Symbolizer &symbolizer, QObject *parent = nullptr);

    void setSubject(SubjectKey key);
    /// Looks only while somebody does.
    void setActive(bool active);
    /// Why there is nothing to be seen, and what to do; two empty texts if there is something.
    std::pair<QString, QString> absence() const;

    /// Null for a row that is no line of a stack.
    const CallFrame *frame(const QModelIndex &index) const;
    /// The application's own line to begin with; invalid if there is none.
    QModelIndex firstOwn() const;
    /// The stack that \a index is of or in, as text.
    QString text(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Group
    {
        QString title = {};
        QString time = {};
        QString help = {};
        QList<CallFrame> frames = {};
        qsizetype own = -1;

        friend bool operator==(const Group &, const Group &) = default;
    };
    void update();
    QList<Group> groups() const;
    bool isRecorded() const;
    Group acceptance(int row) const;
    Group groupOf(const CallSite &site, bool isServer) const;
    QVariant groupData(const Group &group, int column, int role) const;
    QVariant frameData(const Group &group, qsizetype at, int column, int role) const;

    LiveView &m_view;
    Symbolizer &m_symbolizer;
    SubjectKey m_subject;
    QList<Group> m_groups;
    bool m_isActive = false;
};

} // namespace inspector
