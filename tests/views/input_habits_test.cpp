// SPDX-License-Identifier: GPL-3.0-or-later
// The wheel scrolls the dock and edits nothing; numbers take both decimal signs.
#include "views/widgets/input_habits.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "views/widgets/knobs/variation_panel.h"

namespace {

/// As the window system does it: Qt offers only such an event to what is around the widget.
void turnWheel(QWidget& widget) {
    const QPointF at = QRectF(widget.rect()).center();
    QWheelEvent event(at, widget.mapToGlobal(at.toPoint()), {}, {0, -120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event);
    qApp->notify(&widget, &event);
}

struct InputHabitsTest : testing::Test {
    views::InputHabits habits{nullptr};
};

/// Every control of the dock that everybody scrolls.
TEST_F(InputHabitsTest, TheWheelChangesNoUnfocusedKnob) {
    views::VariationPanel panel;
    panel.resize(300, 400);
    panel.show();
    int edits = 0;
    QObject::connect(&panel, &views::VariationPanel::variationEdited, [&] { ++edits; });
    QObject::connect(&panel, &views::VariationPanel::deviceChosen, [&] { ++edits; });
    QObject::connect(&panel, &views::VariationPanel::dutyEdited, [&] { ++edits; });
    int controls = 0;
    for (auto* combo : panel.findChildren<QComboBox*>()) {
        const int before = combo->currentIndex();
        turnWheel(*combo);
        EXPECT_EQ(combo->currentIndex(), before) << combo->accessibleName().toStdString();
        EXPECT_FALSE(combo->hasFocus());
        ++controls;
    }
    for (auto* spin : panel.findChildren<QAbstractSpinBox*>()) {
        const QString before = spin->text();
        turnWheel(*spin);
        if (auto* edit = spin->findChild<QLineEdit*>()) turnWheel(*edit);
        EXPECT_EQ(spin->text(), before);
        ++controls;
    }
    for (auto* slider : panel.findChildren<QSlider*>()) {
        const int before = slider->value();
        turnWheel(*slider);
        EXPECT_EQ(slider->value(), before);
        ++controls;
    }
    EXPECT_GT(controls, 10);
    EXPECT_EQ(edits, 0);
}

TEST_F(InputHabitsTest, TheWheelScrollsWhatIsAround) {
    QScrollArea area;
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    // A window gives the focus to its first control.
    auto* first = new QLineEdit;
    column->addWidget(first);
    auto* combo = new QComboBox;
    combo->addItems({"a", "b", "c"});
    column->addWidget(combo);
    content->setMinimumHeight(2000);
    area.setWidget(content);
    area.resize(200, 200);
    area.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&area));
    first->setFocus();
    turnWheel(*combo);
    EXPECT_EQ(combo->currentIndex(), 0);
    EXPECT_GT(area.verticalScrollBar()->value(), 0);
    combo->setFocus();
    if (combo->hasFocus()) {
        turnWheel(*combo);
        EXPECT_EQ(combo->currentIndex(), 1);
    }
}

TEST_F(InputHabitsTest, BothDecimalSignsAreTaken) {
    const QLocale before;
    for (const QLocale& locale : {QLocale(QLocale::German), QLocale(QLocale::English)}) {
        QLocale::setDefault(locale);
        for (const Qt::Key sign : {Qt::Key_Period, Qt::Key_Comma}) {
            QDoubleSpinBox spin;
            spin.setRange(0, 1);
            spin.setValue(1);
            spin.show();
            EXPECT_EQ(spin.text(), "1.00");
            spin.selectAll();
            QTest::keyClicks(&spin, sign == Qt::Key_Period ? "0.5" : "0,5");
            QTest::keyClick(&spin, Qt::Key_Return);
            EXPECT_EQ(spin.value(), 0.5);
        }
    }
    QLocale::setDefault(before);
}

}  // namespace
