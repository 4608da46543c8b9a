#include "inspector/views/celldelegate.h"
#include "inspector/views/celltexts.h"
#include "inspector/views/colours.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyleOptionViewItem>
#include <QTest>

using namespace inspector;
using namespace Qt::StringLiterals;

namespace {

constexpr QRect cell(0, 0, 120, 24);

/// The part of a cell that has ink, when \a item is painted.
QRect inkOf(const QStandardItem &item)
{
    QImage image(cell.size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.rect = cell;
    option.palette = QPalette(Qt::black, Qt::white, Qt::white, Qt::gray, Qt::gray, Qt::black, Qt::white);
    CellDelegate().paint(&painter, option, item.index());
    painter.end();
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qGray(image.pixel(x, y)) < 128)
                ink |= QRect(x, y, 1, 1);
        }
    }
    return ink;
}

} // namespace

class tst_Cells : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextIsLaidOutOnce();
    void aTextIsCutToItsColumn();
    void anotherFontIsAnotherText();
    void textsAreForgottenWhenThereAreTooMany();
    void theInkStandsWhereTheAlignmentSays();
    void aFontOfItsOwnIsUsed();
    void aColourThatCannotBeReadGivesWay();
};

void tst_Cells::aTextIsLaidOutOnce()
{
    CellTexts texts;
    const QStaticText *const first = &texts.laidOut(u"127.0.0.1:8124"_s, {}, 500, Qt::ElideRight);
    QCOMPARE(first->text(), u"127.0.0.1:8124"_s);
    QVERIFY(&texts.laidOut(u"127.0.0.1:8125"_s, {}, 500, Qt::ElideRight) != first);
    QCOMPARE(&texts.laidOut(u"127.0.0.1:8124"_s, {}, 500, Qt::ElideRight), first);
}

void tst_Cells::aTextIsCutToItsColumn()
{
    CellTexts texts;
    const QString path = u"/run/user/1000/a/long/way/to/app.sock"_s;
    const int room = QFontMetrics(QFont()).horizontalAdvance(path) / 2;
    const QString right = texts.laidOut(path, {}, room, Qt::ElideRight).text();
    QVERIFY2(right.startsWith("/run"_L1) && right.endsWith(u'…'), qPrintable(right));
    const QString left = texts.laidOut(path, {}, room, Qt::ElideLeft).text();
    QVERIFY2(left.startsWith(u'…') && left.endsWith("app.sock"_L1), qPrintable(left));
    QCOMPARE(texts.laidOut(path, {}, 3 * room, Qt::ElideRight).text(), path); // the column was made wider
    // What an application has chosen for a name is no markup.
    QCOMPARE(texts.laidOut(u"<b>x</b>"_s, {}, 500, Qt::ElideRight).textFormat(), Qt::PlainText);
}

void tst_Cells::anotherFontIsAnotherText()
{
    CellTexts texts;
    QFont large;
    large.setPixelSize(40);
    const QSizeF small = texts.laidOut(u"echo"_s, {}, 500, Qt::ElideRight).size();
    QVERIFY(texts.laidOut(u"echo"_s, large, 500, Qt::ElideRight).size().height() > small.height());
    QCOMPARE(texts.laidOut(u"echo"_s, {}, 500, Qt::ElideRight).size(), small);
}

void tst_Cells::textsAreForgottenWhenThereAreTooMany()
{
    CellTexts texts;
    for (int i = 0; i < 20'000; ++i)
        QCOMPARE(texts.laidOut(QString::number(i), {}, 500, Qt::ElideRight).text(), QString::number(i));
    QVERIFY(texts.size() < 10'000);
}

void tst_Cells::theInkStandsWhereTheAlignmentSays()
{
    QStandardItemModel model;
    auto *item = new QStandardItem(u"HHH"_s);
    model.appendRow(item);
    item->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const QRect left = inkOf(*item);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    const QRect right = inkOf(*item);
    QVERIFY(left.isValid());
    QCOMPARE(left.size(), right.size());
    QVERIFY(left.left() < 12);
    QVERIFY(right.right() > cell.width() - 12);
    // As far from the top as from the bottom, but for what the letters leave below their line.
    QVERIFY(std::abs(left.center().y() - cell.center().y()) <= 3);
}

void tst_Cells::aFontOfItsOwnIsUsed()
{
    QStandardItemModel model;
    auto *item = new QStandardItem(u"HHH"_s);
    model.appendRow(item);
    const QRect usual = inkOf(*item);
    QFont large;
    large.setPixelSize(22);
    item->setFont(large);
    QVERIFY(inkOf(*item).height() > usual.height());
}

void tst_Cells::aColourThatCannotBeReadGivesWay()
{
    QVERIFY(Colours::isReadable(Qt::black, Qt::white));
    QVERIFY(Colours::isReadable(Qt::white, Qt::black));
    QVERIFY(!Colours::isReadable(Qt::white, Qt::yellow));
    // Amber on the blue of most desktops' selection.
    const Colours &colours = Colours::of(QPalette(Qt::white));
    QVERIFY(!Colours::isReadable(colours.warning, QColor(0x30, 0x8c, 0xc6)));
    QVERIFY(Colours::isReadable(colours.warning, Qt::white));
}

QTEST_MAIN(tst_Cells)
#include "tst_cells.moc"
