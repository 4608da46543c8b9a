#include "inspector/views/filterhelpwindow.h"

#include "inspector/models/filterhelp.h"

#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

namespace inspector {

FilterHelpWindow::FilterHelpWindow(QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("filterHelp"));
    setWindowTitle(tr("Filter language - net-inspector"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *page = new QTextBrowser;
    page->setObjectName(QStringLiteral("filterHelpPage"));
    page->setAccessibleName(tr("Filter language"));
    page->setFrameShape(QFrame::NoFrame);
    page->setOpenLinks(false);
    page->setHtml(filterHelp());
    page->document()->setDocumentMargin(14);
    connect(page, &QTextBrowser::anchorClicked, this,
            [this](const QUrl &url) { Q_EMIT exampleChosen(url.path(QUrl::FullyDecoded)); });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(page);
    resize(760, 640);
}

} // namespace inspector
