// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/compression_knobs.h"

#include <QComboBox>
#include <QFormLayout>

#include "types/knob_domain.h"

namespace views {

using types::Compression;
using types::Variation;

namespace {

constexpr int kNoClusters = 0;

}  // namespace

ChoiceText compressionText(Compression method) {
    switch (method) {
        case Compression::AsStored:
            return {CompressionKnobs::tr("as stored")};
        case Compression::None:
            return {CompressionKnobs::tr("plain"),
                    CompressionKnobs::tr("Weights that the file holds encoded become constants.")};
        case Compression::Smallest:
            return {CompressionKnobs::tr("the smallest"),
                    CompressionKnobs::tr("Each tensor by the method that gives the fewest bytes.")};
        case Compression::Lut:
            return {CompressionKnobs::tr("look-up tables"),
                    CompressionKnobs::tr("Indices of 1 to 7 bits into the values of each channel, "
                                         "where a channel has few values.")};
        case Compression::Huffman:
            return {CompressionKnobs::tr("Huffman codes"),
                    CompressionKnobs::tr("Frequent values get short codes (8 and 16 bits).")};
        case Compression::Pruning:
            return {CompressionKnobs::tr("without zeros"),
                    CompressionKnobs::tr("A bit per weight says which are zero.")};
    }
    return {};
}

CompressionKnobs::CompressionKnobs(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    m_method = newChoiceBox(tr("Compression of weights"));
    m_method->setToolTip(
        tr("Saves flash under a TFLM that has the operator DECODE (August 2026). Each inference "
           "decodes the weights into the arena, which grows and takes time."));
    addChoices(*m_method, types::kCompressionWords, compressionText);
    addChoiceRow(
        *form, tr("&Weights"), *m_method, [](const Variation& v) { return int(v.compress.method); },
        [](Variation& v, int choice) { v.compress.method = Compression(choice); });
    QComboBox* bits = newChoiceBox(tr("Clusters of weights"));
    bits->setToolTip(
        tr("Weights move to the nearest of a few values per channel, which changes the model and "
           "makes look-up tables possible."));
    addChoice(*bits, tr("as they are"), kNoClusters);
    for (int bit = int(types::kClusterBitsLimits.low); bit <= int(types::kClusterBitsLimits.high);
         ++bit)
        addChoice(*bits, tr("%1 values").arg(1 << bit), bit);
    addChoiceRow(
        *form, tr("C&lusters"), *bits,
        [](const Variation& v) { return v.compress.clusterBits.value_or(kNoClusters); },
        [](Variation& v, int choice) {
            v.compress.clusterBits =
                choice == kNoClusters ? std::nullopt : std::optional<int32_t>(choice);
        });
    setVariation({});
}

QString CompressionKnobs::summary() const {
    return m_method->currentText();
}

}  // namespace views
