// The inspector's views in a window of its own, as its header says.
#include <libnet/inspectorwidget.h>

#include <QApplication>
#include <QTextStream>
#include <QTimer>

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    net::InspectorWidget views;
    views.show();
    QTimer::singleShot(0, &app, &QApplication::quit);
    const int code = app.exec();
    QTextStream(stdout) << "embedded" << Qt::endl;
    return code;
}
