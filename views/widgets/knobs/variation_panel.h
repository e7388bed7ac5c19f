// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// VariationPanel: the board, its duty cycle, the data and all knobs, in sections that fold. It
// displays the given values and emits the user's edits; it has no state of its own. While a slider
// is held down, edits stream; `editFinished` reports its release.

#include <QLabel>
#include <QScrollArea>
#include <vector>

#include "types/evaluation.h"
#include "types/model_block.h"
#include "views/models/duty_text.h"
#include "views/widgets/knobs/layer_knobs_box.h"

class QPushButton;
class QVBoxLayout;

namespace views {

class BoardChooser;
class BoardDetails;
class BlockKnobs;
class ChannelKnobs;
class DataBox;
class DutyBox;
class FoldSection;
class InputKnobs;
class PrecisionKnobs;
class TrainingPanel;

class VariationPanel : public QScrollArea {
    Q_OBJECT

public:
    explicit VariationPanel(QWidget* parent = nullptr);

    void setDevices(const std::vector<types::DevicePtr>& devices);
    void setVariation(const types::Variation& variation);
    void setDevice(const types::DevicePtr& device);
    void setDuty(const types::DutyCycle& duty);
    /// Effect of the duty cycle; empty: none.
    void setDutyText(const DutyText& text);
    void setData(const QString& name, const QString& facts);
    /// Shape of the first input of the model as opened.
    void setInputShape(const types::Shape& shape);
    /// Blocks that the model as opened can do without; their section is visible where there are
    /// any.
    void setBlocks(const std::vector<types::ModelBlock>& blocks);
    /// Signatures of the open file, one of them shown; the control is visible where there are two.
    void setSignatures(const QStringList& names, int shown);
    void setPickedLayers(std::vector<PickedLayer> layers);
    /// Effects of the shown variation on the model.
    void setChanges(const std::vector<std::string>& changes);
    TrainingPanel& training() { return *m_training; }
    /// Unfolds the section of the training.
    void showTraining();

signals:
    void variationEdited(const types::Variation& variation);
    void editFinished();
    void deviceChosen(const types::DevicePtr& device);
    void dutyEdited(const types::DutyCycle& duty);
    void dataRequested(bool isFolder);
    void dataRemoved();
    void signatureChosen(const QString& name);

private:
    void buildBoard(QVBoxLayout& column);
    void buildSignature(QVBoxLayout& column);
    void buildDuty(QVBoxLayout& column);
    void buildKnobs(QVBoxLayout& column);
    void buildData(QVBoxLayout& column);
    void buildTraining(QVBoxLayout& column);
    void buildChanges(QVBoxLayout& column);
    FoldSection* addKnobs(QVBoxLayout& column, const QString& title, KnobBox* box, bool isOpen);
    void listen(FoldSection& section, KnobBox& knobs);
    void summarize();

    struct Section {
        FoldSection* section;
        KnobBox* knobs;
    };
    std::vector<Section> m_sections;
    ChannelKnobs* m_channels = nullptr;
    BlockKnobs* m_blocks = nullptr;
    FoldSection* m_blocksSection = nullptr;
    PrecisionKnobs* m_precision = nullptr;
    LayerKnobsBox* m_layers = nullptr;
    InputKnobs* m_input = nullptr;
    DutyBox* m_duty = nullptr;
    FoldSection* m_dutySection = nullptr;
    DataBox* m_data = nullptr;
    FoldSection* m_dataSection = nullptr;
    TrainingPanel* m_training = nullptr;
    FoldSection* m_trainingSection = nullptr;
    BoardChooser* m_board = nullptr;
    QComboBox* m_signature = nullptr;
    QWidget* m_signatureRow = nullptr;
    QLabel* m_boardFacts = nullptr;
    BoardDetails* m_boardDetails = nullptr;
    FoldSection* m_boardSection = nullptr;
    QPushButton* m_reset = nullptr;
    QLabel* m_changes = nullptr;
};

/// "Cortex-M4, 180 MHz, 512 KiB flash, 128 KiB SRAM; TFLM + CMSIS-NN"
QString boardFacts(const types::DeviceProfile& device);

}  // namespace views
