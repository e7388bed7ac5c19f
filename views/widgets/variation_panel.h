// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// VariationPanel: the knobs. It shows the values it is given and emits what the user makes of
// them; it keeps no state of its own. While the slider is held down, edits stream; `editFinished`
// says that the user let go.

#include <QLabel>
#include <QWidget>
#include <vector>

#include "types/evaluation.h"

class QAbstractItemModel;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QPushButton;
class QSlider;

namespace views {

class VariationPanel : public QWidget {
    Q_OBJECT

public:
    explicit VariationPanel(QWidget* parent = nullptr);

    void setDevices(const std::vector<types::DevicePtr>& devices);
    void setVariation(const types::Variation& variation);
    void setDevice(const types::DevicePtr& device);
    /// What the shown variation did to the model.
    void setChanges(const std::vector<std::string>& changes);

signals:
    void variationEdited(const types::Variation& variation);
    void editFinished();
    void deviceChosen(const types::DevicePtr& device);

private:
    void buildBoard(QFormLayout& form);
    void buildWidth(QFormLayout& form);
    void buildRounding(QFormLayout& form);
    void edit(const types::Variation& variation);

    std::vector<types::DevicePtr> m_devices;
    types::Variation m_variation;
    QComboBox* m_board = nullptr;
    QLabel* m_boardFacts = nullptr;
    QSlider* m_slider = nullptr;
    QDoubleSpinBox* m_width = nullptr;
    QComboBox* m_rounding = nullptr;
    QPushButton* m_reset = nullptr;
    QLabel* m_changes = nullptr;
};

/// "Cortex-M4, 180 MHz, 512 KiB flash, 128 KiB SRAM; TFLM + CMSIS-NN"
QString boardFacts(const types::DeviceProfile& device);

}  // namespace views
