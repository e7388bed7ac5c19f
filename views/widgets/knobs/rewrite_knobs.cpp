// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/rewrite_knobs.h"

#include <QCheckBox>
#include <QFormLayout>
#include <algorithm>
#include <array>

namespace views {

using types::Variation;

RewriteKnobsBox::RewriteKnobsBox(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    addSwitch(*form, tr("Fold constants"),
              [](Variation& v) -> bool& { return v.rewrite.foldConstants; })
        ->setToolTip(
            tr("Weights in float16 or in codes, which every inference would convert, become "
               "floats in the file."));
    addSwitch(*form, tr("Inline composites"), [](Variation& v) -> bool& {
        return v.rewrite.inlineComposites;
    })->setToolTip(tr("Composites are replaced by the operators of their decompositions."));
    addSwitch(*form, tr("SELECT_V2 for SELECT"), [](Variation& v) -> bool& {
        return v.rewrite.selectV2;
    })->setToolTip(tr("TFLM has SELECT_V2 only."));
    addSwitch(*form, tr("Dense for BATCH_MATMUL"), [](Variation& v) -> bool& {
        return v.rewrite.denseMatMul;
    })->setToolTip(tr("Products with a constant matrix become FULLY_CONNECTED."));
    addSwitch(*form, tr("One scale per dense layer"),
              [](Variation& v) -> bool& { return v.rewrite.perTensorDense; })
        ->setToolTip(tr("Weights of FULLY_CONNECTED with one scale per output are rounded to the "
                        "largest, for runtimes that ignore the others."));
    addSwitch(*form, tr("Drop other signatures"),
              [](Variation& v) -> bool& { return v.rewrite.dropSignatures; })
        ->setToolTip(
            tr("Only the shown signature stays in the file. TFLM reserves memory for every "
               "subgraph."));
    setVariation({});
}

QString RewriteKnobsBox::summary() const {
    const auto& knobs = variation().rewrite;
    const std::array set = {knobs.foldConstants, knobs.inlineComposites, knobs.selectV2,
                            knobs.denseMatMul,   knobs.perTensorDense,   knobs.dropSignatures};
    const auto count = std::count(set.begin(), set.end(), true);
    return count == 0 ? tr("none") : QString::number(count);
}

}  // namespace views
