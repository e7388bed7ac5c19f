// SPDX-License-Identifier: GPL-3.0-or-later
// Widgets from a user's view: the effect of a click or a key on the selection and the clipboard.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include "sample_evaluation.h"
#include "types/target.h"
#include "views/widgets/data_table.h"
#include "views/widgets/fit_badge.h"
#include "views/widgets/knobs/channel_knobs.h"
#include "views/widgets/knobs/layer_knobs_box.h"
#include "views/widgets/knobs/variation_panel.h"
#include "views/widgets/layers_table.h"
#include "views/widgets/message_bar.h"
#include "views/widgets/pages/memory_page.h"
#include "views/widgets/plots/arena_map.h"
#include "views/widgets/plots/chart_saving.h"
#include "views/widgets/plots/legend_strip.h"
#include "views/widgets/summary_card.h"

Q_DECLARE_METATYPE(types::Variation)

namespace {

using namespace views;

struct LayersTableTest : testing::Test {
    Selection selection;
    LayersModel model;
    LayersTable table{selection, model};
    LayersTableTest() { model.setEvaluation(sample::evaluation()); }
};

TEST_F(LayersTableTest, FollowsAndLeadsTheSelection) {
    selection.setLayer(1);
    EXPECT_EQ(table.currentSourceRow(), 1);
    table.sortBy(Metric::Macs);
    table.selectRow(2);
    EXPECT_EQ(selection.layer(), 2);
    selection.setLayers({0, 2}, 0);
    EXPECT_EQ(table.selectedSourceRows(), (std::vector{0, 2}));
    EXPECT_EQ(table.currentSourceRow(), 0);
}

TEST_F(LayersTableTest, FiltersByEveryWord) {
    table.setFilter("conv 1x8x8");
    EXPECT_EQ(table.proxy().rowCount(), 2);
    table.setFilter("depthwise relu");
    EXPECT_EQ(table.proxy().rowCount(), 1);
    table.setFilter("nothing like this");
    EXPECT_EQ(table.proxy().rowCount(), 0);
    table.setFilter("");
    EXPECT_EQ(table.proxy().rowCount(), 3);
}

TEST_F(LayersTableTest, CopiesSelectedRowsAsTsv) {
    table.showFewColumns();
    table.selectRow(0);
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split('\n');
    ASSERT_EQ(lines.size(), 3);
    EXPECT_TRUE(lines[0].startsWith("#\tOp\t"));
    EXPECT_TRUE(lines[1].startsWith("0\tCONV_2D\t1000\t"));
}

TEST(VariationPanel, EmitsEditsAndTheirEnd) {
    qRegisterMetaType<types::Variation>("types::Variation");
    VariationPanel panel;
    QSignalSpy edits(&panel, &VariationPanel::variationEdited);
    QSignalSpy ends(&panel, &VariationPanel::editFinished);
    panel.findChild<ChannelKnobs*>()->findChild<QDoubleSpinBox*>()->setValue(0.5);
    EXPECT_EQ(edits.count(), 1);
    EXPECT_EQ(ends.count(), 1);
    auto* slider = panel.findChild<QSlider*>();
    EXPECT_EQ(slider->value(), 50);
    slider->setSliderDown(true);
    slider->setValue(40);
    slider->setValue(30);
    EXPECT_EQ(edits.count(), 3);
    EXPECT_EQ(ends.count(), 1);
    slider->setSliderDown(false);
    EXPECT_EQ(ends.count(), 2);
}

TEST(VariationPanel, ShowsWithoutEmitting) {
    qRegisterMetaType<types::Variation>("types::Variation");
    VariationPanel panel;
    QSignalSpy edits(&panel, &VariationPanel::variationEdited);
    panel.setVariation(sample::narrowed(0.25, 8));
    EXPECT_EQ(edits.count(), 0);
    EXPECT_DOUBLE_EQ(panel.findChild<ChannelKnobs*>()->findChild<QDoubleSpinBox*>()->value(), 0.25);
}

TEST(VariationPanel, KnobsOfPickedLayersAreSetTogether) {
    LayerKnobsBox box;
    types::Variation edited;
    QObject::connect(&box, &KnobBox::edited, [&](const types::Variation& v) { edited = v; });
    box.setLayers({{3, "#3 CONV_2D"}, {7, "#7 CONV_2D"}, {-1, "#8 QUANTIZE"}});
    auto* width = box.findChild<QDoubleSpinBox*>();
    EXPECT_EQ(width->text(), "as the model");
    width->setValue(50);
    ASSERT_EQ(edited.layers.size(), 2u);
    EXPECT_EQ(edited.layers.at(7).width, 0.5);
    // The two now differ, which the box says without changing either.
    edited.layers[3].width = 0.25;
    box.setVariation(edited);
    EXPECT_EQ(width->text(), "differs");
    width->setValue(width->minimum() + 5);
    width->setValue(width->minimum());
    EXPECT_TRUE(edited.layers.empty());
}

TEST(Selection, CtrlAddsAndTakesAway) {
    Selection selection;
    selection.pick(4, false);
    selection.pick(2, true);
    EXPECT_EQ(selection.layers(), (std::vector{2, 4}));
    EXPECT_EQ(selection.layer(), 2);
    selection.pick(2, true);
    EXPECT_EQ(selection.layers(), std::vector{4});
    EXPECT_EQ(selection.layer(), 4);
    selection.pick(1, false);
    EXPECT_EQ(selection.layers(), std::vector{1});
}

TEST(ArenaMap, AClickPicksTheOperator) {
    ArenaMap map;
    map.resize(600, 400);
    const auto evaluation = sample::evaluation();
    map.setPlan(evaluation, &evaluation->plan);
    QSignalSpy clicks(&map, &ArenaMap::layerClicked);
    const QPoint second = map.layoutOfMap().opColumn(1).center().toPoint();
    QTest::mouseClick(&map, Qt::LeftButton, {}, second);
    ASSERT_EQ(clicks.count(), 1);
    EXPECT_EQ(clicks[0][0].toInt(), 1);
}

TEST(FitBadge, AsksForAFitWhereThereIsNone) {
    views::FitBadge badge("SRAM");
    QSignalSpy asked(&badge, &views::FitBadge::fitRequested);
    badge.resize(badge.sizeHint());
    const auto click = [&] { QTest::mouseClick(&badge, Qt::LeftButton); };
    badge.setBudget(sample::evaluation()->sram);
    click();
    EXPECT_EQ(asked.count(), 0);
    badge.setBudget(sample::evaluation()->flash);
    click();
    EXPECT_EQ(asked.count(), 1);
}

// Two operators in place of each other: the list names both, and bytes count once.
TEST(MemoryPage, ShowsThePlanOfOurOwnRuntime) {
    views::Selection selection;
    views::EvaluationFeed feed;
    views::MemoryPage page(selection, feed);
    page.show();
    auto evaluation = sample::evaluation();
    evaluation->netcaliperPlan = evaluation->plan;
    evaluation->netcaliperPlan.buffers[2].overwrites = 1;
    evaluation->netcaliperPlan.buffers[2].offset = 256;
    evaluation->netcaliperPlan.arenaBytes = 800;
    feed.setEvaluation(evaluation);
    auto* choice = page.findChild<QComboBox*>();
    ASSERT_NE(choice, nullptr);
    const auto says = [&](const QString& words) {
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->text().contains(words)) return true;
        return false;
    };
    EXPECT_TRUE(says("896 bytes alive"));
    choice->setCurrentIndex(1);
    EXPECT_TRUE(says("800 bytes for our own runtime"));
    EXPECT_TRUE(says("96 less"));
    EXPECT_TRUE(says("640 bytes alive"));
    choice->setCurrentIndex(0);
    EXPECT_TRUE(says("896 bytes alive"));
}

// Where the board runs it, the budgets use its plan, so it is drawn first.
TEST(MemoryPage, BeginsWithThePlanOfTheBoardsRuntime) {
    views::Selection selection;
    views::EvaluationFeed feed;
    views::MemoryPage page(selection, feed);
    page.show();
    auto* choice = page.findChild<QComboBox*>();
    ASSERT_NE(choice, nullptr);
    const auto evaluation = sample::evaluation();
    feed.setEvaluation(evaluation);
    EXPECT_EQ(choice->currentIndex(), 0);
    auto own = std::make_shared<types::Evaluation>(*evaluation);
    auto device = std::make_shared<types::DeviceProfile>(*evaluation->device);
    device->runtime = types::kNetcaliperRuntime;
    own->device = device;
    feed.setEvaluation(own);
    EXPECT_EQ(choice->currentIndex(), 1);
    choice->setCurrentIndex(0);
    feed.setEvaluation(own);
    EXPECT_EQ(choice->currentIndex(), 0) << "what was chosen stays";
    feed.setEvaluation(evaluation);
    EXPECT_EQ(choice->currentIndex(), 0);
}

TEST(MemoryPage, EditsWhatTheBoardReservesAndAsksForAFit) {
    views::Selection selection;
    views::EvaluationFeed feed;
    views::MemoryPage page(selection, feed);
    page.show();
    feed.setEvaluation(sample::evaluation());
    std::vector<std::pair<bool, types::ReservedMemory>> edits;
    QObject::connect(&page, &views::MemoryPage::reservedEdited,
                     [&](bool isFlash, const types::ReservedMemory& line) {
                         edits.emplace_back(isFlash, line);
                     });
    auto* table = page.findChild<views::DataTable*>("budget");
    ASSERT_NE(table, nullptr);
    table->edit(table->model()->index(2, views::BudgetModel::Amount));
    auto* editor = table->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    editor->setText("4,096");
    QTest::keyClick(editor, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !edits.empty(); }, 5000));
    EXPECT_FALSE(edits[0].first);
    EXPECT_EQ(edits[0].second.bytes, 4096);

    QSignalSpy asked(&page, &views::MemoryPage::fitRequested);
    QPushButton* button = nullptr;
    for (QPushButton* each : page.findChildren<QPushButton*>())
        if (each->text() == "Make it fit") button = each;
    ASSERT_NE(button, nullptr);
    ASSERT_TRUE(button->isVisible());  // the sample's flash is passed
    button->click();
    EXPECT_EQ(asked.count(), 1);
}

TEST(SummaryCard, ATipIsNoLongLine) {
    SummaryCard card;
    CardContent content;
    content.toolTip = QString("word ").repeated(40) + "\n\nsecond paragraph";
    card.setContent(content);
    for (const QString& line : card.toolTip().split('\n'))
        EXPECT_LE(line.size(), 60);
    EXPECT_TRUE(card.toolTip().endsWith("\n\nsecond paragraph"));
}

/// Painted narrow, it still says that there is more.
TEST(LegendStrip, SaysHowManyItemsHaveNoRoom) {
    LegendStrip strip;
    strip.setItems(
        {{"convolution", Qt::red}, {"depthwise", Qt::green}, {"fully connected", Qt::blue}});
    const auto picture = [&](int width) {
        strip.resize(width, 20);
        return strip.grab().toImage();
    };
    const int whole = strip.sizeHint().width();
    const auto has = [](const QImage& image, const QColor& color) {
        for (int x = 0; x < image.width(); ++x)
            for (int y = 0; y < image.height(); ++y)
                if (image.pixelColor(x, y) == color) return true;
        return false;
    };
    EXPECT_TRUE(has(picture(whole), Qt::blue));
    const QImage narrow = picture(whole * 6 / 10);
    EXPECT_TRUE(has(narrow, Qt::red));
    EXPECT_FALSE(has(narrow, Qt::blue));
    // Beside the items that have room, something is written.
    std::vector<LegendStrip::Item> fitting{{"convolution", Qt::red}};
    if (has(narrow, Qt::green)) fitting.push_back({"depthwise", Qt::green});
    strip.setItems(fitting);
    EXPECT_NE(picture(narrow.width()), narrow);
}

TEST(MessageBar, KeepsMessagesUntilDismissed) {
    MessageBar bar;
    EXPECT_TRUE(bar.isHidden());
    bar.addMessage("first");
    bar.addMessage("second");
    bar.addMessage("second");
    EXPECT_EQ(bar.messages(), QStringList({"second", "first"}));
    QPushButton* dismiss = nullptr;
    for (auto* button : bar.findChildren<QPushButton*>())
        if (button->text() == "Dismiss") dismiss = button;
    ASSERT_TRUE(dismiss);
    dismiss->click();
    dismiss->click();
    EXPECT_TRUE(bar.isHidden());
}

TEST(MessageBar, TheNewestIsInFrontAndWhatIsOverGoes) {
    MessageBar bar;
    bar.addMessage("of the model", true);
    bar.addMessage("of the disk");
    bar.addMessage("of the model", true);
    EXPECT_EQ(bar.messages(), QStringList({"of the model", "of the disk"}));
    EXPECT_EQ(bar.accessibleName(), "of the model");
    bar.dropAboutModel();
    EXPECT_EQ(bar.messages(), QStringList({"of the disk"}));
}

TEST(ChartSaving, WritesPngAndSvg) {
    QTemporaryDir directory;
    const ChartPicture picture{
        {40, 20}, Qt::white, [](QPainter& painter) { painter.drawLine(0, 0, 40, 20); }};
    EXPECT_TRUE(saveChart(picture, directory.filePath("a.png")));
    EXPECT_EQ(QImage(directory.filePath("a.png")).size(), QSize(80, 40));
    EXPECT_TRUE(saveChart(picture, directory.filePath("a.svg")));
    EXPECT_FALSE(saveChart(picture, directory.filePath("no/such/directory.svg")));
}

}  // namespace
