// SPDX-License-Identifier: GPL-3.0-or-later
// The window around a real Explorer: what a user sees after each action.
#include "app/main_window.h"

#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QScreen>
#include <QSlider>
#include <QTabBar>
#include <QTest>
#include <QWheelEvent>

#include "../views/sample_evaluation.h"
#include "app/duty_settings.h"
#include "app/help_window.h"
#include "views/widgets/duty_box.h"
#include "views/widgets/knobs/channel_knobs.h"
#include "views/widgets/knobs/variation_panel.h"
#include "views/widgets/layers_table.h"
#include "views/widgets/message_bar.h"
#include "views/widgets/pages/layers_page.h"
#include "views/widgets/pages/overview_page.h"
#include "views/widgets/pages/sessions_page.h"
#include "views/widgets/summary_card.h"
#include "views/widgets/verdict_line.h"

namespace {

app::EngineVerbs quickEngine() {
    app::EngineVerbs verbs;
    verbs.read = [](const QString& path) -> types::Result<types::GraphPtr> {
        if (path.contains("bad")) return types::fail("not a model", "bad.tflite", "choose another");
        return sample::graph();
    };
    verbs.evaluate = [](const auto&, const app::Knobs& knobs, const types::Work&) {
        const double width = knobs.variation.width;
        auto evaluation = sample::evaluation(width, knobs.device);
        evaluation->variation = knobs.variation;
        evaluation->modelSha256 = "model of width " + QString::number(width).toStdString();
        return types::Result<types::EvaluationPtr>(evaluation);
    };
    return verbs;
}

struct MainWindowTest : testing::Test {
    app::Explorer explorer{{sample::device("a"), sample::device("b")}, quickEngine()};
    app::MainWindow window{explorer};

    void settle() {
        ASSERT_TRUE(
            QTest::qWaitFor([this] { return explorer.isUpToDate() && !explorer.isBusy(); }, 10000));
        QTest::qWait(0);
    }
    QString cards() {
        QStringList names;
        for (auto* card : window.findChildren<views::SummaryCard*>())
            names << card->accessibleName();
        return names.join("\n");
    }
};

TEST_F(MainWindowTest, CardsFollowTheKnobs) {
    explorer.openModel("good.tflite");
    settle();
    EXPECT_TRUE(cards().contains("MACs, 1.60 k, original"));
    auto* panel = window.findChild<views::VariationPanel*>();
    auto* width = panel->findChild<views::ChannelKnobs*>()->findChild<QDoubleSpinBox*>();
    width->setValue(0.5);
    settle();
    EXPECT_TRUE(cards().contains("MACs, 800, −50 %"));
    explorer.undoStack().undo();
    settle();
    EXPECT_TRUE(cards().contains("MACs, 1.60 k, original"));
    EXPECT_DOUBLE_EQ(width->value(), 1.0);
}

TEST_F(MainWindowTest, TheVerdictStandsAboveTheFigures) {
    explorer.openModel("good.tflite");
    settle();
    const auto& overview = window.page<views::OverviewPage>();
    const auto* verdict = overview.findChild<views::VerdictLine*>();
    EXPECT_EQ(verdict->sentence(),
              QString::fromStdString(types::modelVerdict(*explorer.shown()).sentence()));
    EXPECT_TRUE(verdict->sentence().startsWith("Does not fit BOARD a: 2.93 KiB flash too much."));
    explorer.editVariation(sample::narrowed(0.5));
    settle();
    EXPECT_TRUE(verdict->sentence().startsWith("Fits BOARD a"));
    EXPECT_TRUE(verdict->sentence().contains("80.0 µs ± 20 % predicted."));
    window.show();
    for (const auto* card : overview.findChildren<views::SummaryCard*>())
        EXPECT_GT(card->mapTo(&window, QPoint()).y(), verdict->mapTo(&window, QPoint()).y());
}

TEST_F(MainWindowTest, TheDutyCycleFollowsTheKnobs) {
    explorer.openModel("good.tflite");
    settle();
    EXPECT_TRUE(cards().contains("Latency, 160 µs, original, ± 20.0 %"));
    auto* period = window.findChild<views::PeriodBox*>();
    period->setValue(0.1);
    EXPECT_TRUE(cards().contains("Latency, 160 µs, original, 60.0 µs late"));
    EXPECT_TRUE(explorer.isUpToDate());  // nothing is evaluated anew
    auto* panel = window.findChild<views::VariationPanel*>();
    panel->findChild<views::ChannelKnobs*>()->findChild<QDoubleSpinBox*>()->setValue(0.5);
    settle();
    EXPECT_TRUE(cards().contains("Latency, 80.0 µs, −50 %, 80 % active"));
    explorer.undoStack().undo();
    explorer.undoStack().undo();
    settle();
    EXPECT_EQ(period->text(), "off");
    EXPECT_TRUE(cards().contains("Latency, 160 µs, original, ± 20.0 %"));
}

TEST_F(MainWindowTest, RemembersTheDutyCycle) {
    app::rememberDuty({});
    explorer.setDuty({1500, 0.02, 675});
    window.close();
    EXPECT_EQ(app::rememberedDuty(), (types::DutyCycle{1500, 0.02, 675}));
    app::rememberDuty({});
}

TEST_F(MainWindowTest, SaysWhatIsWrongWithAFile) {
    explorer.openModel("bad.tflite");
    auto* bar = window.findChild<views::MessageBar*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !bar->messages().isEmpty(); }, 10000));
    EXPECT_EQ(bar->messages().first(), "not a model: bad.tflite: choose another");
}

TEST_F(MainWindowTest, OpensADroppedFile) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/tmp/dropped.tflite")});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    settle();
    EXPECT_EQ(explorer.path(), "/tmp/dropped.tflite");
    EXPECT_TRUE(window.windowTitle().contains("dropped.tflite"));
}

TEST_F(MainWindowTest, ABoardChoiceReachesEveryCombo) {
    explorer.openModel("good.tflite");
    settle();
    explorer.chooseDevice(explorer.devices()[1]);
    settle();
    int boards = 0;
    for (const auto* combo : window.findChildren<QComboBox*>())
        boards += combo->currentText() == "BOARD b";
    EXPECT_EQ(boards, 4);  // tool bar, knobs, fit, profiles
}

TEST_F(MainWindowTest, ResetLayoutBringsDocksBack) {
    window.show();
    const auto docks = window.findChildren<QDockWidget*>();
    ASSERT_EQ(docks.size(), 3);
    for (QDockWidget* dock : docks)
        dock->hide();
    for (QAction* action : window.findChildren<QAction*>())
        if (action->text() == "&Reset layout") action->trigger();
    for (QDockWidget* dock : docks)
        EXPECT_TRUE(dock->isVisible());
}

// By the hash that the evaluation holds: a drag neither writes the model nor hashes it again.
TEST_F(MainWindowTest, MeasuredColumnsStandBesideTheVeryModelThatWasMeasured) {
    types::Session session;
    session.name = "board";
    session.conditions.modelHash = "model of width 0.5";
    session.measurements.push_back(
        {"#1 CONV_2D", 1, "CONV_2D", types::Quantity::LatencyUs, {20, 21}, false, ""});
    explorer.openModel("good.tflite");
    settle();
    const auto measured = [this] {
        const auto* table = window.page<views::LayersPage>().findChild<views::LayersTable*>();
        const QAbstractItemModel& model = *table->model();
        return model.columnCount() > views::LayersModel::firstMeasured();
    };
    explorer.sessionBook().setSessions({std::make_shared<const types::Session>(session)});
    window.page<views::SessionsPage>().pick({0});
    EXPECT_FALSE(measured());
    explorer.editVariation(sample::narrowed(0.5));
    settle();
    EXPECT_TRUE(measured());
    explorer.editVariation(sample::narrowed(0.75));
    settle();
    EXPECT_FALSE(measured());
}

TEST_F(MainWindowTest, TheFirstWindowFitsTheScreen) {
    const QSize screen = QApplication::primaryScreen()->availableGeometry().size();
    EXPECT_LT(window.width(), screen.width());
    EXPECT_LT(window.height(), screen.height());
}

TEST_F(MainWindowTest, AMessageAboutAModelGoesWithTheNextOne) {
    auto* bar = window.findChild<views::MessageBar*>();
    window.addMessage("of the disk");
    explorer.openModel("bad.tflite");
    ASSERT_TRUE(QTest::qWaitFor([&] { return bar->messages().size() == 2; }, 10000));
    EXPECT_TRUE(bar->messages().first().startsWith("not a model"));
    explorer.openModel("good.tflite");
    settle();
    EXPECT_EQ(bar->messages(), QStringList{"of the disk"});
}

TEST_F(MainWindowTest, ThePageIsPartOfTheProject) {
    explorer.openModel("good.tflite");
    settle();
    EXPECT_EQ(explorer.page(), "overview");
    window.showPage("memory");
    EXPECT_EQ(explorer.page(), "memory");
    explorer.setPage("layers");
    EXPECT_EQ(window.page<views::LayersPage>().isVisibleTo(&window), true);
}

TEST_F(MainWindowTest, TheTitleSaysWhatIsUnsaved) {
    explorer.openModel("good.tflite");
    settle();
    EXPECT_EQ(window.windowTitle(), "good.tflite — Netcaliper");
    explorer.editVariation(sample::narrowed(0.5));
    explorer.finishEdit();
    EXPECT_TRUE(QTest::qWaitFor(
        [this] { return window.windowTitle() == "• good.tflite — Netcaliper"; }, 10000));
}

/// A wheel over any control of the window, whatever page it is on.
TEST_F(MainWindowTest, TheWheelEditsNothing) {
    explorer.openModel("good.tflite");
    settle();
    window.show();
    const auto before = explorer.knobs();
    int controls = 0;
    for (auto* widget : window.findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<QComboBox*>(widget) ||
                               qobject_cast<QAbstractSpinBox*>(widget) ||
                               qobject_cast<QTabBar*>(widget);
        if (!isControl || widget->hasFocus()) continue;
        ++controls;
        const auto* combo = qobject_cast<QComboBox*>(widget);
        const int index = combo ? combo->currentIndex() : 0;
        QWheelEvent wheel({5, 5}, widget->mapToGlobal({5, 5}), {}, {0, -120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget, &wheel);
        if (combo) {
            EXPECT_EQ(combo->currentIndex(), index) << combo->accessibleName().toStdString();
        }
    }
    EXPECT_GT(controls, 20);
    EXPECT_TRUE(explorer.knobs() == before);
    EXPECT_EQ(explorer.page(), "overview");
}

/// What a screen reader says for every control that can be used.
TEST_F(MainWindowTest, EveryControlHasAnAccessibleName) {
    explorer.openModel("good.tflite");
    settle();
    QStringList nameless;
    for (auto* widget : window.findChildren<QWidget*>()) {
        const bool isControl =
            qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractSpinBox*>(widget) ||
            qobject_cast<QAbstractButton*>(widget) || qobject_cast<QSlider*>(widget) ||
            qobject_cast<QAbstractItemView*>(widget) || qobject_cast<QProgressBar*>(widget) ||
            (qobject_cast<QLineEdit*>(widget) &&
             !qobject_cast<QAbstractSpinBox*>(widget->parent()) &&
             !qobject_cast<QComboBox*>(widget->parent()));
        // Parts of a control, such as the list of a combo, are named by it.
        const bool isPart =
            widget->objectName().startsWith("qt_") ||
            QString(widget->metaObject()->className()).startsWith("QComboBoxPrivate") ||
            qobject_cast<QHeaderView*>(widget) || widget->inherits("QLineEditIconButton") ||
            (widget->parent() && qobject_cast<QComboBox*>(widget->parent()->parent())) ||
            QString(widget->metaObject()->className()) == "QTableCornerButton" ||
            widget->parent()->inherits("QTabBar");
        if (!isControl || isPart) continue;
        const auto* accessible = QAccessible::queryAccessibleInterface(widget);
        if (accessible && accessible->text(QAccessible::Name).isEmpty())
            nameless << QString("%1 in %2")
                            .arg(widget->metaObject()->className(),
                                 widget->parent()->metaObject()->className());
    }
    EXPECT_TRUE(nameless.isEmpty()) << nameless.join("\n").toStdString();
}

TEST_F(MainWindowTest, ShortcutsAreUnique) {
    QStringList keys;
    for (const QAction* action : window.findChildren<QAction*>())
        for (const QKeySequence& key : action->shortcuts())
            keys << key.toString();
    EXPECT_EQ(keys.removeDuplicates(), 0);
}

TEST(Help, DefinesEveryFigure) {
    const QString html = app::definitionsHtml();
    for (const char* word :
         {"MACs", "Ops", "Arena", "Latency", "SQNR", "Duty cycle", "DEPTHWISE_CONV_2D"})
        EXPECT_TRUE(html.contains(word)) << word;
}

}  // namespace
