// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The four reference architectures of MLPerf Tiny, built by us: layer shapes, MACs and parameter
// counts of the benchmark's trained models, with random weights. They serve to explore cost and
// recognise nothing; their description states this. Source of the shapes: Banbury et al. 2021,
// "MLPerf Tiny Benchmark", table 1, and the models of mlcommons/tiny.

#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"
#include "zoo/graph_builder.h"

namespace zoo {

/// Keyword spotting: DS-CNN on 49 x 10 audio features, 12 classes. 2,656,768 MACs.
types::Result<types::GraphPtr> keywordDsCnn(Precision precision);
/// Visual wake words: MobileNetV1 at width 0.25 on 96 x 96 x 3 images, 2 classes. 7,489,664 MACs.
types::Result<types::GraphPtr> wakeWordsMobileNetV1(Precision precision);
/// Image classification: ResNet-8 on 32 x 32 x 3 images, 10 classes. 12,501,632 MACs.
types::Result<types::GraphPtr> imageResNet8(Precision precision);
/// Anomaly detection: fully connected autoencoder, 640-128x4-8-128x4-640. 264,192 MACs.
types::Result<types::GraphPtr> anomalyAutoencoder(Precision precision);

/// Image classification: MobileNetV2 at width 0.35 on 144 x 144 x 3 images, 1,000 classes; channels
/// rounded to eight. 26,660,752 MACs. Not part of MLPerf Tiny: published schedules (msf-CNN) are
/// compared on it. Source of the shapes: Sandler et al. 2018, "MobileNetV2", table 2.
types::Result<types::GraphPtr> imageMobileNetV2(Precision precision);

struct BundledModel {
    std::string name;  ///< "kws_dscnn_int8": the file name without ending
    types::Result<types::GraphPtr> (*build)(Precision);
    Precision precision;
};

/// The models that the build writes to resources/models.
const std::vector<BundledModel>& bundledModels();

}  // namespace zoo
