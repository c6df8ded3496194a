/**
 * What each folder of `node_modules/.cache/seaworthy-pytests` is made of: the same versions from either source. `deb` is a
 * path in Debian's archive with its SHA-256; all are pure Python. Current ones: https://packages.debian.org/python3-pytest
 */
export interface PinnedPackage {
  /** As pip knows it, with its version. */
  readonly pip: string;
  readonly deb: string;
  readonly sha256: string;
}

function pin(pip: string, deb: string, sha256: string): PinnedPackage {
  return { pip, deb: `pool/main/${deb}`, sha256 };
}

// Of what several folders hold, the newest version that still runs on Python 3.8.
const attrs = pin(
  'attrs==25.3.0',
  'p/python-attrs/python3-attr_25.3.0-1_all.deb',
  '72cee7fff9e57e8410956e3071ffe910d9de14ddedf14d598a616319428b369c',
);
const exceptiongroup = pin(
  'exceptiongroup==1.2.2',
  'p/python-exceptiongroup/python3-exceptiongroup_1.2.2-1_all.deb',
  'bbe83be6442ce748b060ab4968b672054479c02840f5ee16e7308c858731f900',
);
const iniconfig = pin(
  'iniconfig==1.1.1',
  'p/python-iniconfig/python3-iniconfig_1.1.1-2_all.deb',
  'c9226a32a78fa93f9e993a4ed77fcb3ceb23c21b9d75d7ea4dc77cb016ed0d83',
);
const packaging = pin(
  'packaging==25.0',
  'p/python-packaging/python3-packaging_25.0-1_all.deb',
  'd70c8469f6e9c6105e1ebcd3ebdc963f11dadbeddd89d2d1a2a3cb1c97d2ecbc',
);
const py = pin(
  'py==1.11.0',
  'p/python-py/python3-py_1.11.0-4_all.deb',
  '3b73098f5fbe0bd82b146f315698a50c400d6d96dd3c12f2aa4b5d2ab6d3e5f0',
);
const tomli = pin(
  'tomli==2.0.1',
  'p/python-tomli/python3-tomli_2.0.1-2_all.deb',
  '449d097503c7ea329fab4398f3cd1599fd1f7aa6fcbde8d1ad25a7b08cb8b6af',
);
const typingExtensions = pin(
  'typing_extensions==4.13.2',
  'p/python-typing-extensions/python3-typing-extensions_4.13.2-1_all.deb',
  'b67662f211c35c17c74a0725bc7c8ffc3b126c650e2a2525593adee06f2bbf69',
);

/** The major version of pytest, or the plugin, that the folder gives. */
export const pinnedPackages: Readonly<Record<string, readonly [PinnedPackage, ...PinnedPackage[]]>> = {
  // CPython 3.8 and 3.9: its assertion rewriting does not know the syntax tree of 3.10.
  6: [
    pin(
      'pytest==6.0.2',
      'p/pytest/python3-pytest_6.0.2-2_all.deb',
      'fa4744ddbc2e4753fc65da440579fca24726ebdda9df1a8fc5172c830ed5a585',
    ),
    pin(
      'pluggy==0.13.0',
      'p/python-pluggy/python3-pluggy_0.13.0-6_all.deb',
      '425306e996c62f96b09cce71229d386deb0894e2aa40487a98e4390e12c2d57b',
    ),
    pin(
      'more-itertools==8.10.0',
      'm/more-itertools/python3-more-itertools_8.10.0-2_all.deb',
      'bff817d7af710ffc87123f6bd581d5b50186a5ea0065d3d2c20445ce49a93412',
    ),
    pin(
      'toml==0.10.2',
      'p/python-toml/python3-toml_0.10.2-1_all.deb',
      '3deba47cc19ba2e81d909c025598b6721fd72f054b2237619b6192c25c75e8bb',
    ),
    attrs,
    iniconfig,
    packaging,
    py,
  ],
  7: [
    pin(
      'pytest==7.2.1',
      'p/pytest/python3-pytest_7.2.1-2_all.deb',
      'bc5df67eb9ea18beddd95eaaa1ffc7bfffc1716d3071e6f405bd22f6a0411416',
    ),
    pin(
      'pluggy==1.0.0',
      'p/python-pluggy/python3-pluggy_1.0.0+repack-1_all.deb',
      '7bda88243752fef7fd14f256ae91bf39bdcda68f83dc726db1d6d9b8b3957899',
    ),
    attrs,
    exceptiongroup,
    iniconfig,
    packaging,
    py,
    tomli,
    typingExtensions,
  ],
  8: [
    pin(
      'pytest==8.3.5',
      'p/pytest/python3-pytest_8.3.5-2_all.deb',
      'f933f7b38d1fd2c140684a44fecc7aa23cd6d08364604384c14c4cc21de8f8f9',
    ),
    pin(
      'pluggy==1.5.0',
      'p/python-pluggy/python3-pluggy_1.5.0-1_all.deb',
      'd762a370c7c54046d991b3caa9095facbee5c54792e306b5f9e32455326f82bc',
    ),
    exceptiongroup,
    iniconfig,
    packaging,
    tomli,
    typingExtensions,
  ],
  // CPython 3.10 and later.
  9: [
    pin(
      'pytest==9.1.1',
      'p/pytest/python3-pytest_9.1.1-1_all.deb',
      '878b10659954dd1903142ecf9587c6b2c8fa5b3569becf313460d297fc9c47cc',
    ),
    pin(
      'pluggy==1.6.0',
      'p/python-pluggy/python3-pluggy_1.6.0-2_all.deb',
      'da98f4bb950e0c265f32c8b5aa9d7e7dcbe7278161cd6c5289869c8722b5d075',
    ),
    pin(
      'pygments==2.18.0',
      'p/pygments/python3-pygments_2.18.0+dfsg-2_all.deb',
      '9cadaec984d0d923f81e20a2dd68974db643f67ad6adc8a593a7bbdaad8f8554',
    ),
    exceptiongroup,
    iniconfig,
    packaging,
    tomli,
    typingExtensions,
  ],
  // Beside one of the folders 7 to 9 on PYTHONPATH, for tests with `-n`.
  xdist: [
    pin(
      'pytest-xdist==3.6.1',
      'p/pytest-xdist/python3-pytest-xdist_3.6.1-1_all.deb',
      '84ae0e18784c7da3405ef81d7319197796cba010b9a6bb27f163d2146bf392bc',
    ),
    pin(
      'execnet==2.1.1',
      'e/execnet/python3-execnet_2.1.1-1+deb13u1_all.deb',
      '8dedac23537186d3967adb9b641145c5baaeb4269b1bae9303023792006ff4f7',
    ),
  ],
};
