#pragma once
#include <QDialog>

namespace inspector {

/// The page about the filter language, beside the window it belongs to.
class FilterHelpWindow : public QDialog
{
    Q_OBJECT

public:
    explicit FilterHelpWindow(QWidget *parent = nullptr);

Q_SIGNALS:
    void exampleChosen(const QString &filter);
};

} // namespace inspector
