package io.trefoil.storage;

import java.nio.file.Path;

/// What an operator decides about a store on disk.
///
/// @param directory where it lies; made if it is missing
/// @param cluster the cluster's name; a directory of another is refused
/// @param reserveBytes how much of the disk must stay free for the store to be used; 0 to use it up
public record StoreSettings(Path directory, String cluster, long reserveBytes) {}
