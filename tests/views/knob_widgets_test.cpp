// SPDX-License-Identifier: GPL-3.0-or-later
// Every knob has a control, and the control offers what the knob may be. The test moves all
// controls of the panel and looks at what comes out, so it needs no list of controls.
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QListWidget>
#include <QSlider>
#include <cmath>
#include <set>

#include "support/knob_changes.h"
#include "views/widgets/knobs/channel_knobs.h"
#include "views/widgets/knobs/precision_knobs.h"
#include "views/widgets/knobs/variation_panel.h"

namespace {

using namespace views;
using types::Variation;

/// A panel where every knob acts, with all values that its controls gave to the knobs.
class MovedPanel {
public:
    MovedPanel() {
        m_base.prune.channels = 0.25;
        m_base.quantize.precision = types::Precision::Int8;
        m_base.quantize.ranges = types::RangeMethod::Percentile;
        m_panel.setInputShape({1, 96, 64, 3});
        m_panel.setBlocks({{support::kChangedLayer, "#3 CONV_2D", 1, 0, 0}});
        m_panel.setPickedLayers({{support::kChangedLayer, "#3 CONV_2D"}});
        QObject::connect(&m_panel, &VariationPanel::variationEdited,
                         [this](const Variation& edited) { note(edited); });
        note(m_base);
        for (KnobBox* box : m_panel.findChildren<KnobBox*>()) {
            moveNumbers(*box);
            moveChoices(*box);
        }
    }
    const std::set<std::string>& valuesOf(const std::string& path) { return m_values[path]; }
    const std::vector<std::string>& illegal() const { return m_illegal; }

private:
    void note(const Variation& edited) {
        for (const auto& [path, value] : support::knobTexts(edited))
            m_values[path].insert(value);
        types::visitKnobs(types::kVariationKnobs, edited,
                          [this](const std::string& path, const auto& value, const auto& domain) {
                              if (!types::isLegal(value, domain)) m_illegal.push_back(path);
                          });
    }
    template <typename Move>
    void startAnd(Move move) {
        m_panel.setVariation(m_base);
        move();
    }
    void moveNumbers(KnobBox& box) {
        for (auto* number : box.findChildren<QSpinBox*>())
            for (int value : {number->minimum(), number->minimum() + 1, number->maximum()})
                startAnd([=] { number->setValue(value); });
        for (auto* slider : box.findChildren<QSlider*>())
            for (int value : {slider->minimum(), slider->maximum()})
                startAnd([=] { slider->setValue(value); });
        // A few steps up, too: the lowest may stand for "not set".
        for (auto* number : box.findChildren<QDoubleSpinBox*>()) {
            startAnd([=] { number->setValue(number->maximum()); });
            for (int i = 0; i < 6; ++i)
                startAnd([=] {
                    number->setValue(number->minimum() + i * std::pow(10, -number->decimals()));
                });
        }
    }
    void moveChoices(KnobBox& box) {
        for (auto* choice : box.findChildren<QComboBox*>())
            for (int i = 0; i < choice->count(); ++i)
                startAnd([=] {
                    choice->setCurrentIndex(i);
                    emit choice->activated(i);
                });
        for (auto* check : box.findChildren<QCheckBox*>())
            startAnd([=] { check->toggle(); });
        for (auto* list : box.findChildren<QListWidget*>())
            for (int i = 0; i < list->count(); ++i)
                startAnd([=] { list->item(i)->setCheckState(Qt::Checked); });
    }

    Variation m_base;
    VariationPanel m_panel;
    std::map<std::string, std::set<std::string>> m_values;
    std::vector<std::string> m_illegal;
};

/// Reached to a hundredth of the whole, which is what controls resolve.
void expectEnds(const std::set<std::string>& values, const types::Limits& limits,
                const std::string& path) {
    double least = limits.high, greatest = limits.low;
    for (const std::string& text : values) {
        if (text == "unset") continue;
        least = std::min(least, std::stod(text));  // of a size: its height
        greatest = std::max(greatest, std::stod(text));
    }
    const double near = 0.0101 * (limits.high - limits.low);
    EXPECT_NEAR(least, limits.low, near) << path << " in views/widgets/knobs/";
    EXPECT_NEAR(greatest, limits.high, near) << path << " in views/widgets/knobs/";
}

TEST(KnobWidgets, EveryKnobHasAControlThatOffersItsDomain) {
    MovedPanel moved;
    Variation variation;
    variation.layers[support::kChangedLayer];
    const auto visit = [&](const std::string& path, const auto& value, const auto& domain) {
        const auto& reached = moved.valuesOf(path);
        ASSERT_GT(reached.size(), 1u)
            << "no control sets the knob " << path << ": add one in views/widgets/knobs/";
        if constexpr (std::is_same_v<decltype(domain), const types::Limits&>)
            expectEnds(reached, domain, path);
        else
            for (const auto choice : support::valuesOf(value, domain))
                EXPECT_TRUE(reached.contains(support::textOf(choice, domain)))
                    << "the control of " << path << " in views/widgets/knobs/ does not offer "
                    << support::textOf(choice, domain);
    };
    types::visitKnobs(types::kVariationKnobs, variation, visit);
}

TEST(KnobWidgets, OfferNothingThatIsIllegal) {
    EXPECT_EQ(MovedPanel().illegal(), std::vector<std::string>());
}

QComboBox* choiceBox(const QWidget& box, const QString& name) {
    for (auto* choice : box.findChildren<QComboBox*>())
        if (choice->accessibleName() == name) return choice;
    return nullptr;
}

// The choice stays while the slider passes 0; it is only greyed.
TEST(KnobWidgets, AKnobThatActsOnNothingIsGreyedAndKeepsItsSetting) {
    ChannelKnobs box;
    QComboBox* recover = choiceBox(box, "Recover");
    ASSERT_NE(recover, nullptr);
    EXPECT_FALSE(recover->isEnabled());
    Variation variation;
    variation.prune.channels = 0.25;
    variation.prune.recover = true;
    box.setVariation(variation);
    EXPECT_TRUE(recover->isEnabled());
    variation.prune.channels = 0;
    box.setVariation(variation);
    EXPECT_FALSE(recover->isEnabled());
    EXPECT_EQ(recover->currentData().toInt(), 1);
}

TEST(KnobWidgets, RepairsActOnceALayerIsQuantized) {
    PrecisionKnobs box;
    QComboBox* correct = choiceBox(box, "Correct biases");
    ASSERT_NE(correct, nullptr);
    EXPECT_FALSE(correct->isEnabled());
    Variation variation;
    variation.layers[2].precision = types::Precision::Int8;
    box.setVariation(variation);
    EXPECT_TRUE(correct->isEnabled());
}

}  // namespace
