#pragma once
#include "inspector/models/comparisonmodel.h"

#include <QDialog>

class QTreeView;

namespace inspector {

/// The counts of two sessions side by side, in a window of their own.
class ComparisonWindow : public QDialog
{
    Q_OBJECT

public:
    /// \a first and \a second say which sessions they are.
    ComparisonWindow(const Comparison &comparison, const QString &first, const QString &second, QWidget *parent);

    ComparisonModel &model() { return m_model; }

private:
    void layOut();

    ComparisonModel m_model;
    QTreeView *m_tree;
};

} // namespace inspector
