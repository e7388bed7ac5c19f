// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TFLite_Detection_PostProcess: decodes boxes relative to their anchors and keeps the best ones
// that do not overlap (non-maximum suppression). Inputs: encodings and class scores per box,
// anchors (y, x, height, width). Outputs: boxes (ymin, xmin, ymax, xmax), classes, scores, how
// many. Float32.
//
// Regular: each class suppresses on its own; the best of all classes are kept and places behind
// them are zero. Fast: boxes compete with their best class alone. As in TFLM, the score of
// detection n and class c then goes to place categories * (n * categories + c) + c; places that no
// detection fills are zero here, and what the memory held in TFLM.

#include "runtime/program.h"

namespace runtime {

struct DetectionParams {
    uint32_t boxes = 0;
    uint32_t encodingLength = 4;  ///< floats per box, of which four are read
    uint32_t classes = 0;
    uint32_t labelOffset = 0;  ///< 1 where the scores begin with the background
    uint32_t categories = 1;   ///< fast: classes per detection
    uint32_t perClass = 100;   ///< regular: detections kept of each class
    uint32_t maxDetections = 0;
    uint32_t isRegular = 0;
    float scoreThreshold = 0, overlapThreshold = 0;
    float scaleY = 1, scaleX = 1, scaleHeight = 1, scaleWidth = 1;
};

/// Scratch of the kernel, by index; sizes are those that TFLM requests.
enum DetectionScratch : uint32_t {
    kActive,        ///< a byte per box
    kCorners,       ///< four floats per box
    kAllScores,     ///< TFLM's; not used
    kClassScores,   ///< a float per box
    kKeptScores,    ///< a float per box
    kBestScores,    ///< regular: of the detections of all classes
    kMergedScores,  ///< regular
    kKept,          ///< an index per box
    kSorted,        ///< indices
    kBest,          ///< regular: detections of all classes; fast: the best classes of each box
    kSelected,      ///< boxes
    kDetectionScratches
};

}  // namespace runtime
