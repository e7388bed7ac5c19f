// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/detection_postprocess.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

struct Corners {
    float ymin, xmin, ymax, xmax;
};

/// exp(x) within a unit of double's last place: Taylor's polynomial of x less a multiple of ln 2.
double expDouble(double x) {
    constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
    constexpr double kPerLn2 = 1.44269504088896338700;
    constexpr double kLargest = 709.79, kSmallest = -708.0;
    constexpr int kTerms = 14;
    if (x > kLargest) return __builtin_inf();
    if (x < kSmallest) return 0;
    if (!(x == x)) return x;
    const double half = x < 0 ? -0.5 : 0.5;
    const auto power = static_cast<int32_t>(x * kPerLn2 + half);
    const double rest = (x - power * kLn2High) - power * kLn2Low;
    double sum = 1;
    for (int i = kTerms; i > 0; --i)
        sum = 1 + sum * rest / i;
    // Two steps, since 2^1024 is no double.
    const auto powerOf2 = [](int32_t n) {
        return __builtin_bit_cast(double, static_cast<uint64_t>(1023 + n) << 52);
    };
    const int32_t first = power / 2;
    return sum * powerOf2(first) * powerOf2(power - first);
}

/// In double, then rounded to float, as TFLM computes it.
Corners decodeBox(const DetectionParams& p, const float* box, const float* anchor) {
    const double y = double(box[0]) / double(p.scaleY) * double(anchor[2]) + double(anchor[0]);
    const double x = double(box[1]) / double(p.scaleX) * double(anchor[3]) + double(anchor[1]);
    const double height =
        0.5 * expDouble(double(box[2]) / double(p.scaleHeight)) * double(anchor[2]);
    const double width = 0.5 * expDouble(double(box[3]) / double(p.scaleWidth)) * double(anchor[3]);
    const float centerY = static_cast<float>(y), centerX = static_cast<float>(x);
    const float halfHeight = static_cast<float>(height), halfWidth = static_cast<float>(width);
    return {centerY - halfHeight, centerX - halfWidth, centerY + halfHeight, centerX + halfWidth};
}

bool decodeBoxes(const Call& call, const DetectionParams& p) {
    auto* corners = call.scratch<Corners>(kCorners);
    bool areSound = true;
    for (uint32_t i = 0; i < p.boxes; ++i) {
        corners[i] =
            decodeBox(p, call.input<float>(0) + i * p.encodingLength, call.input<float>(2) + 4 * i);
        const Corners& box = corners[i];
        areSound = areSound && !(box.ymin >= box.ymax || box.xmin >= box.xmax);
    }
    return areSound;
}

float larger(float a, float b) {
    return a < b ? b : a;
}
float smaller(float a, float b) {
    return b < a ? b : a;
}

/// Intersection over union.
float overlap(const Corners& a, const Corners& b) {
    const float areaA = (a.ymax - a.ymin) * (a.xmax - a.xmin);
    const float areaB = (b.ymax - b.ymin) * (b.xmax - b.xmin);
    if (areaA <= 0 || areaB <= 0) return 0;
    const float height = larger(smaller(a.ymax, b.ymax) - larger(a.ymin, b.ymin), 0);
    const float width = larger(smaller(a.xmax, b.xmax) - larger(a.xmin, b.xmin), 0);
    const float shared = height * width;
    return shared / (areaA + areaB - shared);
}

/// Sorts indices by falling score; equal ones keep their order. `other` has the same length.
void sortByScore(const float* scores, uint32_t count, int32_t* indices, int32_t* other) {
    for (uint32_t i = 0; i < count; ++i)
        indices[i] = static_cast<int32_t>(i);
    for (uint32_t width = 1; width < count; width *= 2)
        for (uint32_t from = 0; from < count; from += 2 * width) {
            const uint32_t middle = from + width < count ? from + width : count;
            const uint32_t end = middle + width < count ? middle + width : count;
            uint32_t left = from, right = middle;
            for (uint32_t i = from; i < end; ++i) {
                const bool takesRight =
                    left >= middle ||
                    (right < end && scores[indices[right]] > scores[indices[left]]);
                other[i] = takesRight ? indices[right++] : indices[left++];
            }
            __builtin_memcpy(indices + from, other + from, (end - from) * sizeof(int32_t));
        }
}

/// Selects boxes with falling scores that overlap none selected before; returns how many.
uint32_t suppress(const Call& call, const DetectionParams& p, const float* scores, uint32_t most) {
    const auto* corners = call.scratch<Corners>(kCorners);
    auto* kept = call.scratch<int32_t>(kKept);
    auto* keptScores = call.scratch<float>(kKeptScores);
    auto* sorted = call.scratch<int32_t>(kSorted);
    auto* selected = call.scratch<int32_t>(kSelected);
    auto* active = call.scratch<uint8_t>(kActive);
    uint32_t count = 0;
    for (uint32_t i = 0; i < p.boxes; ++i)
        if (scores[i] >= p.scoreThreshold) keptScores[count++] = scores[i];
    sortByScore(keptScores, count, sorted, kept);
    count = 0;
    for (uint32_t i = 0; i < p.boxes; ++i)
        if (scores[i] >= p.scoreThreshold) kept[count++] = static_cast<int32_t>(i);
    __builtin_memset(active, 1, count);
    uint32_t found = 0;
    for (uint32_t i = 0; i < count && found < most; ++i) {
        if (active[i] == 0) continue;
        const int32_t best = kept[sorted[i]];
        selected[found++] = best;
        for (uint32_t j = i + 1; j < count; ++j)
            if (active[j] != 0 &&
                overlap(corners[best], corners[kept[sorted[j]]]) > p.overlapThreshold)
                active[j] = 0;
    }
    return found;
}

/// Merges what a class selected into the best so far. Returns how many are kept.
uint32_t mergeBest(const Call& call, const DetectionParams& p, uint32_t before, uint32_t added) {
    auto* best = call.scratch<int32_t>(kBest);
    auto* scores = call.scratch<float>(kBestScores);
    auto* merged = call.scratch<int32_t>(kSorted);
    auto* mergedScores = call.scratch<float>(kMergedScores);
    const uint32_t all = before + added;
    const uint32_t count = all < p.maxDetections ? all : p.maxDetections;
    uint32_t left = 0, right = before;
    for (uint32_t i = 0; i < count; ++i) {
        const bool takesRight = left >= before || (right < all && scores[right] > scores[left]);
        const uint32_t from = takesRight ? right++ : left++;
        merged[i] = best[from];
        mergedScores[i] = scores[from];
    }
    __builtin_memcpy(best, merged, count * sizeof(int32_t));
    __builtin_memcpy(scores, mergedScores, count * sizeof(float));
    return count;
}

void write(const Call& call, uint32_t place, const Corners& corners, uint32_t label, float score) {
    call.output<Corners>(0)[place] = corners;
    call.output<float>(1)[place] = static_cast<float>(label);
    call.output<float>(2)[place] = score;
}

uint32_t detectRegular(const Call& call, const DetectionParams& p) {
    const uint32_t columns = p.classes + p.labelOffset;
    const auto* scores = call.input<float>(1);
    auto* own = call.scratch<float>(kClassScores);
    auto* best = call.scratch<int32_t>(kBest);
    auto* bestScores = call.scratch<float>(kBestScores);
    uint32_t count = 0;
    for (uint32_t label = 0; label < p.classes; ++label) {
        for (uint32_t box = 0; box < p.boxes; ++box)
            own[box] = scores[box * columns + label + p.labelOffset];
        const uint32_t found = suppress(call, p, own, p.perClass);
        const auto* selected = call.scratch<int32_t>(kSelected);
        for (uint32_t i = 0; i < found; ++i) {
            const auto box = static_cast<uint32_t>(selected[i]);
            best[count + i] = static_cast<int32_t>(box * p.classes + label);
            bestScores[count + i] = own[box];
        }
        count = mergeBest(call, p, count, found);
    }
    for (uint32_t i = 0; i < count; ++i) {
        const auto place = static_cast<uint32_t>(best[i]);
        write(call, i, call.scratch<Corners>(kCorners)[place / p.classes], place % p.classes,
              bestScores[i]);
    }
    return count;
}

/// The best classes of a box in falling order; of equal ones the first.
void bestClasses(const DetectionParams& p, const float* scores, int32_t* labels) {
    for (uint32_t rank = 0; rank < p.categories; ++rank) {
        int32_t best = -1;
        for (uint32_t label = 0; label < p.classes; ++label) {
            const auto candidate = static_cast<int32_t>(label);
            if (rank > 0) {
                const int32_t before = labels[rank - 1];
                const bool isTaken = scores[label] > scores[before] ||
                                     (scores[label] == scores[before] && candidate <= before);
                if (isTaken) continue;
            }
            if (best < 0 || scores[label] > scores[best]) best = candidate;
        }
        labels[rank] = best < 0 ? 0 : best;  // NaN scores have no order
    }
}

uint32_t detectFast(const Call& call, const DetectionParams& p) {
    const uint32_t columns = p.classes + p.labelOffset;
    const auto scoresOf = [&](uint32_t box) {
        return call.input<float>(1) + box * columns + p.labelOffset;
    };
    auto* labels = call.scratch<int32_t>(kBest);
    auto* own = call.scratch<float>(kClassScores);
    for (uint32_t box = 0; box < p.boxes; ++box) {
        bestClasses(p, scoresOf(box), labels + box * p.classes);
        own[box] = scoresOf(box)[labels[box * p.classes]];
    }
    const uint32_t found = suppress(call, p, own, p.maxDetections);
    uint32_t count = 0;
    for (uint32_t i = 0; i < found; ++i) {
        const auto box = static_cast<uint32_t>(call.scratch<int32_t>(kSelected)[i]);
        for (uint32_t rank = 0; rank < p.categories; ++rank, ++count) {
            const int32_t label = labels[box * p.classes + rank];
            write(call, p.categories * count + rank, call.scratch<Corners>(kCorners)[box],
                  static_cast<uint32_t>(label), scoresOf(box)[label]);
        }
    }
    return count;
}

}  // namespace

Status detectionPostprocess(const Call& call) {
    const auto& p = call.params<DetectionParams>();
    if (!decodeBoxes(call, p)) return Status::BadData;
    for (uint32_t i = 0; i < 3; ++i)
        __builtin_memset(call.output<uint8_t>(i), 0, call.outputBytes(i));
    const uint32_t count = p.isRegular != 0 ? detectRegular(call, p) : detectFast(call, p);
    call.output<float>(3)[0] = static_cast<float>(count);
    return Status::Ok;
}

}  // namespace runtime
