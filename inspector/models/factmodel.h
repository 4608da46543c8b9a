#pragma once
#include "inspector/models/liveview.h"
#include "inspector/models/objectcolumns.h"

#include <QAbstractTableModel>

namespace inspector {

class Symbolizer;

/// One line of what is known of an object.
struct Fact
{
    QString label;
    QString value;
    Tone tone = Tone::Plain;
    SubjectKey leadsTo = {};      ///< another object that it speaks of
    Column column = Column::Name; ///< where the table of objects says the same

    friend bool operator==(const Fact &, const Fact &) = default;
};

/// All that is known of the chosen object, a fact a row: label and value.
class FactModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Without a \a symbolizer it does not say who has created the object.
    explicit FactModel(LiveView &view, Symbolizer *symbolizer = nullptr, QObject *parent = nullptr);

    void setSubject(SubjectKey key);
    SubjectKey subject() const { return m_subject; }
    /// "echo (server)"; empty without a subject.
    QString title() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// The object that a fact speaks of; null for most.
    SubjectKey leadsTo(const QModelIndex &index) const;
    Column objectColumn(const QModelIndex &index) const;

    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    void update();

    LiveView &m_view;
    Symbolizer *m_symbolizer;
    SubjectKey m_subject;
    QList<Fact> m_facts;
};

} // namespace inspector
