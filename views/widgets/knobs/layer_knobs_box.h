// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerKnobsBox: knobs of the picked layers, edited together. An unset knob follows the model's; a
// knob that differs between the picked layers is shown as mixed until it is moved.

#include <vector>

#include "views/widgets/knobs/knob_box.h"

class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace types {
struct Limits;
}

namespace views {

/// A picked layer.
struct PickedLayer {
    int32_t origin = -1;  ///< operator index in the model as opened; -1: inserted, has no knobs
    QString name;         ///< "#3 CONV_2D"

    bool operator==(const PickedLayer&) const = default;
};

class LayerKnobsBox : public KnobBox {
    Q_OBJECT

public:
    explicit LayerKnobsBox(QWidget* parent = nullptr);

    void setLayers(std::vector<PickedLayer> layers);
    QString summary() const override;

protected:
    void display() override;

private:
    using Share = std::optional<double> types::LayerKnobs::*;
    void addShare(QFormLayout& form, const QString& label, const types::Limits& limits, Share knob);
    /// A choice whose entries carry the words' values, or "as the model".
    template <typename Choice>
    void addOwnChoice(QFormLayout& form, const QString& label, QComboBox& box,
                      std::optional<Choice> types::LayerKnobs::*knob);
    void buildPrecision(QFormLayout& form);
    void buildCompression(QFormLayout& form);
    void buildClearing(QFormLayout& form);
    void displayShare(QDoubleSpinBox& box, Share knob);
    void setOnPicked(const std::function<void(types::LayerKnobs&)>& change);
    void clear(bool pickedOnly);

    std::vector<PickedLayer> m_layers;
    QLabel* m_title;
    QPushButton *m_clearPicked, *m_clearAll;
};

}  // namespace views
