// SPDX-License-Identifier: GPL-3.0-or-later
// TFLite_Detection_PostProcess; TFLM_DECODE, which is folded before it is prepared.
#include <algorithm>
#include <cmath>

#include "analysis/decode.h"
#include "lowering/prepare/prepare.h"
#include "runtime/kernels/detection_postprocess.h"

namespace lowering {
namespace {

using runtime::DetectionParams;
using runtime::KernelId;
using types::DataType;
using types::Tensor;

/// Boxes and detections are counted in memory that grows with their product.
constexpr int32_t kMaxBoxes = 1 << 16;
constexpr int32_t kMaxCount = 1 << 12;

class DetectionOptions {
public:
    explicit DetectionOptions(const OpView& op)
        : m_op(op), m_options(op.options<types::CustomOptions>()) {}

    int32_t count(const char* name, int32_t most) const {
        const auto value = m_options.integer(name);
        m_op.require(
            value && *value >= 1 && *value <= most,
            std::string("needs its option ") + name + " from 1 to " + std::to_string(most));
        return *value;
    }
    int32_t countOr(const char* name, int32_t most, int32_t usual) const {
        return find(name) == nullptr ? usual : count(name, most);
    }
    bool flag(const char* name) const { return m_options.integer(name).value_or(0) != 0; }
    float real(const char* name) const {
        const auto* number = find(name);
        m_op.require(number != nullptr && std::isfinite(number->value),
                     std::string("lacks its option ") + name);
        return static_cast<float>(number->value);
    }

private:
    const types::CustomOptions::Number* find(std::string_view name) const {
        const auto found =
            std::ranges::find(m_options.numbers, name, &types::CustomOptions::Number::name);
        return found == m_options.numbers.end() ? nullptr : &*found;
    }

    const OpView& m_op;
    const types::CustomOptions& m_options;
};

void readDetectionOptions(const OpView& op, DetectionParams& p) {
    const DetectionOptions options(op);
    p.classes = static_cast<uint32_t>(options.count("num_classes", kMaxCount));
    p.maxDetections = static_cast<uint32_t>(options.count("max_detections", kMaxCount));
    p.isRegular = options.flag("use_regular_nms") ? 1 : 0;
    if (p.isRegular != 0)
        p.perClass = static_cast<uint32_t>(options.countOr("detections_per_class", kMaxBoxes, 100));
    else
        p.categories =
            std::min(p.classes,
                     static_cast<uint32_t>(options.count("max_classes_per_detection", kMaxCount)));
    p.scoreThreshold = options.real("nms_score_threshold");
    p.overlapThreshold = options.real("nms_iou_threshold");
    op.require(p.overlapThreshold > 0 && p.overlapThreshold <= 1,
               "needs its option nms_iou_threshold above 0, at most 1");
    p.scaleY = options.real("y_scale");
    p.scaleX = options.real("x_scale");
    p.scaleHeight = options.real("h_scale");
    p.scaleWidth = options.real("w_scale");
}

void checkDetectionInputs(const OpView& op, DetectionParams& p) {
    op.require(op.inputCount() == 3 && op.outputCount() == 4, "needs 3 inputs and 4 outputs");
    for (size_t i = 0; i < 3; ++i)
        op.require(op.input(i).type == DataType::Float32,
                   "of " + types::dataTypeName(op.input(i).type) +
                       " has no kernel (there are kernels for float32)");
    for (size_t i = 0; i < 4; ++i)
        op.requireType(op.output(i), DataType::Float32, "output");
    const types::Shape &boxes = op.input(0).shape, &scores = op.input(1).shape;
    op.require(boxes.size() == 3 && boxes[0] == 1 && boxes[1] >= 1 && boxes[1] <= kMaxBoxes &&
                   boxes[2] >= 4,
               "needs box encodings of shape 1xNx4");
    p.boxes = static_cast<uint32_t>(boxes[1]);
    p.encodingLength = static_cast<uint32_t>(boxes[2]);
    const auto classes = static_cast<int32_t>(p.classes);
    op.require(scores.size() == 3 && scores[0] == 1 && scores[1] == boxes[1] &&
                   (scores[2] == classes || scores[2] == classes + 1),
               "needs scores of each box for its classes, with or without the background");
    p.labelOffset = static_cast<uint32_t>(scores[2] - classes);
    op.require(op.input(2).shape.size() == 2 && op.input(2).elements() >= int64_t{4} * boxes[1],
               "needs four numbers of each anchor");
}

/// TFLM checks neither its outputs nor its scratch; where it would write behind them, nothing runs.
void checkDetectionSizes(const OpView& op, const DetectionParams& p) {
    const int64_t most = p.maxDetections, boxes = p.boxes, categories = p.categories;
    const int64_t places =
        p.isRegular != 0 ? most : categories * categories * std::min(most, boxes);
    op.require(op.output(0).elements() >= 4 * places && op.output(1).elements() >= places &&
                   op.output(2).elements() >= places && op.output(3).elements() >= 1,
               "writes " + std::to_string(places) + " detections, more than its outputs hold");
    op.require(p.isRegular == 0 || most + std::min<int64_t>(boxes, p.perClass) <= most * boxes,
               "keeps more detections of a class than its memory holds");
    op.require(most * boxes <= int64_t{1} << 26, "needs more memory than any board has");
    op.require(int64_t{p.classes} * boxes <= int64_t{1} << 26,
               "needs more memory than any board has");
}

std::vector<int64_t> detectionScratch(const OpView& op, const DetectionParams& p) {
    const int64_t boxes = p.boxes, most = p.maxDetections;
    constexpr int64_t kWord = 4;
    return {boxes,
            boxes * 4 * kWord,
            op.input(1).elements() * kWord,
            boxes * kWord,
            boxes * kWord,
            most * boxes * kWord,
            most * boxes * kWord,
            boxes * kWord,
            most * boxes * kWord,
            std::max<int64_t>(p.classes, most) * boxes * kWord,
            std::min(boxes, most) * boxes * kWord};
}

}  // namespace

OpPlan prepareDetection(const OpView& op) {
    ParamBlock<DetectionParams> params;
    readDetectionOptions(op, *params);
    checkDetectionInputs(op, *params);
    checkDetectionSizes(op, *params);
    return {KernelId::DetectionPostprocess, params.bytes(), detectionScratch(op, *params), {}};
}

OpPlan prepareDecode(const OpView& op) {
    for (size_t i = 0; i < op.outputCount(); ++i) {
        const auto decoded = analysis::decodeOutput(op.graph(), op.op(), i);
        if (!decoded) op.refuse("cannot be decoded: " + decoded.error().what);
    }
    op.refuse("has nothing to decode");
}

}  // namespace lowering
